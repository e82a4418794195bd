"""The demo's settings, with a patience and a disk that a trial may make small."""

from __future__ import annotations

import os
from pathlib import Path

os.environ["CLINIC_MODE"] = "demo"

from clinic.settings import *  # noqa: F403, TID251
from clinic.settings import DATABASES  # noqa: TID251

RECORDS = Path(os.environ.get("CHAOS_FOLDER", "/nonexistent")) / "records"
_patience = os.environ.get("CHAOS_PATIENCE")
_most_pages = os.environ.get("CHAOS_MOST_PAGES")
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    _options = DATABASES["default"]["OPTIONS"]
    if _patience:
        _options["timeout"] = float(_patience)
    if _most_pages:
        _options["init_command"] += f" PRAGMA max_page_count = {int(_most_pages)};"
LOGGING = {
    "version": 1,
    "root": {"level": "CRITICAL"},
    "disable_existing_loggers": True,
}
STATIC_ROOT = BASE_DIR / "screening" / "static"  # noqa: F405
STORAGES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
