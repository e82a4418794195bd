"""The demo's settings, hurried: cheap passwords, memory instead of tables and files."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ["CLINIC_MODE"] = "demo"

from clinic.settings import *

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = BASE_DIR / "screening" / "static"
STORAGES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
RECORDS = Path(tempfile.mkdtemp(prefix="records-"))
