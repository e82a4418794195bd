"""One file of settings for the demo and for production, read from the environment."""

from __future__ import annotations

from pathlib import Path

import environ
from csp.constants import NONE, SELF

from clinic.configuration import (
    check_hosts,
    check_origin,
    check_secret,
    read_clinic,
    read_keys,
    read_mode,
    require,
)
from clinic.databases import opened
from clinic.demo import demo_keyring, demo_secret
from clinic.logs import LOGGING  # noqa: F401
from clinic.sign_in import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"

env = environ.FileAwareEnv()
CLINIC_MODE = read_mode(env.ENVIRON)
DEMO = CLINIC_MODE == "demo"
DEBUG = False

if DEMO:
    VAR.mkdir(mode=0o700, exist_ok=True)
    SECRET_KEY = env("CLINIC_SECRET_KEY", default="") or demo_secret(VAR)
    _keyring_file = env("CLINIC_VAULT_KEYRING", default="") or demo_keyring(VAR)
else:
    require(
        env.ENVIRON,
        (
            "CLINIC_SECRET_KEY",
            "CLINIC_VAULT_KEYRING",
            "CLINIC_HOSTS",
            "CLINIC_CONFIG",
            "CLINIC_EMAIL_URL",
            "CLINIC_PROXIES",
            "DATABASE_URL",
        ),
    )
    SECRET_KEY = env("CLINIC_SECRET_KEY")
    _keyring_file = env("CLINIC_VAULT_KEYRING")

# The clinic: its name, hours, contacts and rota
CLINIC = read_clinic(
    Path(env("CLINIC_CONFIG", default=str(BASE_DIR / "clinic" / "clinic.toml")))
)
TIME_ZONE = CLINIC["timezone"]
USE_TZ = True
LANGUAGE_CODE = "en-us"
USE_I18N = False

# Keys
SECRET_KEY = check_secret(SECRET_KEY.strip())
KEYRING = Path(_keyring_file.strip())
_keyring = read_keys(KEYRING)
VAULT_KEYS = _keyring.keys
VAULT_ACTIVE_KEY = _keyring.active
VAULT_INDEX_KEY = _keyring.index_key
VAULT_AUDIT_KEY = _keyring.audit_key
# What outlives the database: which responses were erased, and heads of the audit chain.
RECORDS = Path(env("CLINIC_RECORDS", default=str(KEYRING.parent)))

# Hosts, and the way to them
ALLOWED_HOSTS = check_hosts(
    env.list("CLINIC_HOSTS", default=["localhost", "127.0.0.1", "[::1]"]), CLINIC_MODE
)
# Where every link begins that leaves this software, such as one in a mail.
_origin = f"http://localhost:{env('PORT', default='8000')}" if DEMO else ""
ORIGIN = check_origin(env("CLINIC_ORIGIN", default=_origin), ALLOWED_HOSTS, CLINIC_MODE)
# How many proxies of the clinic's own stand in front of this server.
PROXIES = env.int("CLINIC_PROXIES", default=0)
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
CSRF_TRUSTED_ORIGINS = [] if DEMO else [f"https://{host}" for host in ALLOWED_HOSTS]
ROOT_URLCONF = "clinic.urls"
# It has a host of its own. Who may see what is told by where an address begins, so no
# header of a visitor's may put anything before it.
FORCE_SCRIPT_NAME = ""
WSGI_APPLICATION = "clinic.wsgi.application"

INSTALLED_APPS = [
    "screening",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clinic.middleware.private_answers",
    "clinic.middleware.back_office_scripts",
    "clinic.middleware.bounded_bodies",
    "clinic.patience.help_all_the_same",
    "clinic.patience.no_vain_wait",
    "clinic.sessions.SignedSessions",
    "screening.views.journey.tablets.forgetful",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clinic.staff_sessions.staff_sessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

# Pages
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "screening.views.context.clinic",
                "screening.views.context.notices",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("lamp",)
CRISPY_TEMPLATE_PACK = "lamp"
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Database
_default = f"sqlite:///{VAR / 'clinic.sqlite3'}"
DATABASES = {"default": opened(env.db("DATABASE_URL", default=_default))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Every process must count the same failed logins.
CACHES = {
    "default": {
        "BACKEND": "clinic.counting.CountingCache",
        "LOCATION": "cache",
        # Above it, counters are thrown away that have not run out: whoever tries
        # three hundred names would win a fresh budget for each of them.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Sessions: the questionnaire may rest for a day; staff rest less (staff_sessions)
_prefix = "" if DEMO else "__Host-"
SESSION_COOKIE_NAME = f"{_prefix}session"
SESSION_COOKIE_AGE = 24 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not DEMO
CSRF_COOKIE_NAME = f"{_prefix}csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = not DEMO
CSRF_FAILURE_VIEW = "screening.views.errors.csrf_failure"

# What may come in
STARTS_PER_HOUR = env.int("CLINIC_STARTS_PER_HOUR", default=1000 if DEMO else 5)
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 0

# What a browser is told
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
        "require-trusted-types-for": ["'script'"],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not DEMO:
    SECURE_SSL_REDIRECT = True
    # A monitor on the same machine speaks to the server without TLS.
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    if PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Staff: the rest is in clinic/sign_in.py
SECOND_FACTOR_REQUIRED = not DEMO
MFA_TOTP_ISSUER = CLINIC["name"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO

# Mail: the demo's lies in a folder, one file each
vars().update(env.email_url("CLINIC_EMAIL_URL", default=f"filemail:///{VAR / 'mail'}"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = CLINIC["email"]
