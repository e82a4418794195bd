"""The demo's settings, with a disk that a trial may make small."""

from __future__ import annotations

import os
from pathlib import Path

os.environ["CLINIC_MODE"] = "demo"

from clinic.settings import *  # noqa: F403, TID251
from clinic.settings import DATABASES  # noqa: TID251

RECORDS = Path(os.environ.get("CHAOS_FOLDER", "/nonexistent")) / "records"
_most_pages = os.environ.get("CHAOS_MOST_PAGES")
if _most_pages and DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    _pragma = f" PRAGMA max_page_count = {int(_most_pages)};"
    DATABASES["default"]["OPTIONS"]["init_command"] += _pragma
LOGGING = {
    "version": 1,
    "root": {"level": "CRITICAL"},
    "disable_existing_loggers": True,
}
_log = os.environ.get("CHAOS_LOG")
if _log:
    # What the product would write, and all that it leaves unsaid.
    LOGGING = {
        "version": 1,
        "formatters": {"reticent": {"()": "clinic.logs.ReticentFormatter"}},
        "handlers": {
            "file": {
                "class": "logging.FileHandler",
                "filename": _log,
                "formatter": "reticent",
            }
        },
        "root": {"level": "DEBUG", "handlers": ["file"]},
        "disable_existing_loggers": False,
        "loggers": {"django": {"level": "DEBUG", "propagate": True}},
    }
STATIC_ROOT = BASE_DIR / "screening" / "static"  # noqa: F405
STORAGES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# All patients of a trial come from one address.
STARTS_PER_HOUR = 1_000_000
# Sessions are laid out by hand, whose cookies nobody signs.
UNSIGNED = "django.contrib.sessions.middleware.SessionMiddleware"
MIDDLEWARE = [UNSIGNED if "Signed" in each else each for each in MIDDLEWARE]  # noqa: F405
