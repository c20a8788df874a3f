"""Settings for the tests: fast hashes, plain static files, jobs at once, own data directory."""

import atexit
import os
import shutil
import tempfile

if "ZUJI_DATA_DIR" not in os.environ:
    os.environ["ZUJI_DATA_DIR"] = tempfile.mkdtemp(prefix="zuji-test-")
    atexit.register(shutil.rmtree, os.environ["ZUJI_DATA_DIR"], ignore_errors=True)
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)

from zuji_web.settings.base import *  # noqa: F403
from zuji_web.settings.base import MIDDLEWARE, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Manifest storage finds nothing on a live server, which serves from the finders.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MIDDLEWARE = [item for item in MIDDLEWARE if "whitenoise" not in item]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
JOBS_RUN_AT_ONCE = True
ACCOUNT_RATE_LIMITS = False
API_VISITOR_RATE = "100000/m"
