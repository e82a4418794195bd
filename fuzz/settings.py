"""The demo's settings for requests that never leave the process."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ["CLINIC_MODE"] = "demo"

from clinic.settings import *  # noqa: F403, TID251
from clinic.settings import BASE_DIR, DATABASES  # noqa: TID251

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
RECORDS = Path(tempfile.gettempdir()) / "fuzz-records"
STATIC_ROOT = BASE_DIR / "screening" / "static"
STORAGES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING = {
    "version": 1,
    "root": {"level": "CRITICAL"},
    "disable_existing_loggers": True,
}
# What is looked for is a fault of ours, not how safe a thrown-away database is.
if "init_command" in DATABASES["default"].get("OPTIONS", {}):
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous = OFF;"
# Sessions are laid out by hand, whose cookies nobody signs.
UNSIGNED = "django.contrib.sessions.middleware.SessionMiddleware"
MIDDLEWARE = [UNSIGNED if "Signed" in each else each for each in MIDDLEWARE]  # noqa: F405
