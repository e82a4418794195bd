"""The demo's settings, hurried: cheap passwords, memory instead of tables and files."""

from __future__ import annotations

import os
import tempfile

os.environ["CLINIC_MODE"] = "demo"
# Other processes that a test starts must not write beside the demo's own keyring.
os.environ["CLINIC_RECORDS"] = tempfile.mkdtemp(prefix="records-")

from clinic.settings import *

ORIGIN = "http://localhost:8000"
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = BASE_DIR / "screening" / "static"
STORAGES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Django's own client signs nobody in by a signed cookie: tests/test_sessions.py does.
UNSIGNED = "django.contrib.sessions.middleware.SessionMiddleware"
MIDDLEWARE = [UNSIGNED if "Signed" in each else each for each in MIDDLEWARE]
