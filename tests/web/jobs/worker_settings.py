"""The platform's settings with a worker that notices within a second that another one died."""

from zuji_web.settings.test import *  # noqa: F403
from zuji_web.settings.test import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.web.jobs.worker_app"]
JOBS_RUN_AT_ONCE = False
JOB_PULSE_EVERY = 0.2
JOB_SILENT_AFTER = 1.0
