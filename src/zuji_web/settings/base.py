"""Settings for every place; what differs comes from the environment.

ZUJI_DATA_DIR holds the SQLite database, uploaded evidence and the generated secret key.
DATABASE_URL moves the database to PostgreSQL.
"""

import secrets
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

env = environ.Env()
ROOT = Path(__file__).resolve().parents[3]
DATA_DIR = Path(env.str("ZUJI_DATA_DIR", default=str(ROOT / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    """The key from the environment, else one generated once and kept in the data directory."""
    if given := env.str("SECRET_KEY", default=""):
        return str(given)
    path = DATA_DIR / "secret_key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(64), encoding="utf-8")
        path.chmod(0o600)
    return path.read_text(encoding="utf-8")


def _signing_key() -> str:
    """The RSA key that signs OpenID Connect tokens, from the environment or generated once."""
    if given := env.str("IDP_OIDC_PRIVATE_KEY", default=""):
        return str(given)
    path = DATA_DIR / "oidc_key.pem"
    if not path.exists():
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import rsa

        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(pem)
        path.chmod(0o600)
    return path.read_text(encoding="ascii")


SECRET_KEY = _secret_key()
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
BEHIND_TLS = env.bool("BEHIND_TLS", default=False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "csp",
    # Before allauth, whose layouts and elements they dress.
    "zuji_web.ui",
    "zuji_web.audit",
    "zuji_web.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.idp.oidc",
    "django_q",
    "zuji_web.jobs",
    "zuji_web.factors",
    "zuji_web.products",
    "zuji_web.standards",
    "zuji_web.grades",
    "zuji_web.rulebook",
    "zuji_web.checks",
    "zuji_web.databases",
    "zuji_web.portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zuji_web.accounts.middleware.ActorMiddleware",
    "zuji_web.accounts.middleware.RefusalMiddleware",
    "zuji_web.gateway.ApiLanguageMiddleware",
    "zuji_web.site.SoundTextMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "zuji_web.urls"
WSGI_APPLICATION = "zuji_web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zuji_web.ui.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "zuji_web.ui.templatetags.ui",
            ],
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'zuji.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: in the default mode most concurrent read-modify-write transactions fail as "locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
# Counts attempts for the rate limits; several web workers share one through CACHE_URL (dbcache or redis).
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "products:list"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Without a mail server nobody could confirm an address; with one, everybody must.
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("MAIL_FROM", default="zuji@localhost")
HAS_MAIL = EMAIL_CONFIG["EMAIL_BACKEND"] != "django.core.mail.backends.console.EmailBackend"
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if HAS_MAIL else "none"
ACCOUNT_SIGNUP_FORM_CLASS = "zuji_web.accounts.forms.SignupForm"
ACCOUNT_ADAPTER = "zuji_web.accounts.adapter.AccountAdapter"
INVITATION_DAYS = 7
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Zuji 足迹"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "src" / "zuji_web" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# The report's style sheet belongs to the library, which makes the PDF with it.
STATICFILES_DIRS = [("report", ROOT / "src" / "zuji" / "report" / "static")]
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "zuji_web.ui.storage.StaticStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
INVENTORY_UPLOAD_LIMIT = 20 * 1024 * 1024
# Packages of inventory databases: how large an upload may be, and where an operator puts packages.
DATABASE_UPLOAD_LIMIT = env.int("DATABASE_UPLOAD_MB", default=512) * 1024 * 1024
DATABASES_IMPORT_DIR = env.str("DATABASES_IMPORT_DIR", default="")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

Q_CLUSTER = {
    "name": "zuji",
    "orm": "default",
    "workers": env.int("JOB_WORKERS", default=1),
    "timeout": 1800,
    "retry": 2100,
    "max_attempts": 3,
    # Jobs have their own record; the queue need not keep what went well.
    "save_limit": -1,
    "poll": 0.5,
    "catch_up": False,
}
# A worker gives a sign of life so often; who was silent for so long is taken for dead (seconds).
JOB_PULSE_EVERY = env.float("JOB_PULSE_EVERY", default=5.0)
JOB_SILENT_AFTER = env.float("JOB_SILENT_AFTER", default=30.0)
# How often a visitor may call the API, by address; behind a proxy the forwarded address counts.
API_VISITOR_RATE = env.str("API_VISITOR_RATE", default="120/m")
NINJA_NUM_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=int(BEHIND_TLS))

# Tests and small scripts run a job at once instead of queueing it.
JOBS_RUN_AT_ONCE = env.bool("JOBS_RUN_AT_ONCE", default=False)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}

IDP_OIDC_PRIVATE_KEY = _signing_key()
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 3600

# The operator's public identity in the footer; empty ones are left out.
SITE = {
    "operator": env.str("SITE_OPERATOR", default=""),
    "icp": env.str("SITE_ICP", default=""),
    "police": env.str("SITE_POLICE_RECORD", default=""),
    "code": env.str("SITE_CODE", default=""),
    "security_contact": env.str("SITE_SECURITY_CONTACT", default=""),
}
