"""Write logs that name places in the code and ids, never what a person wrote."""

from __future__ import annotations

import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

ExceptionTriple = (
    tuple[type[BaseException], BaseException, TracebackType | None]
    | tuple[None, None, None]
)


# What follows these in an address opens a door.
LINK = re.compile(r"(/(?:invited|join|more|reset/key)/)[^/\s]+")


class ReticentFormatter(logging.Formatter):
    """Leave out what an exception says: databases and parsers quote the value."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        """Give every machine's logs the same clock."""
        moment = datetime.fromtimestamp(record.created, UTC)
        return moment.isoformat(timespec="milliseconds")

    def formatException(self, ei: ExceptionTriple) -> str:
        kind, error, _ = ei
        if kind is None or error is None:
            return ""
        frames = traceback.extract_tb(error.__traceback__)
        lines = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return "\n".join([f"{kind.__module__}.{kind.__qualname__}", *lines])

    def format(self, record: logging.LogRecord) -> str:
        # Another formatter may have left the whole traceback on the record.
        record.exc_text = None
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Nobody forges an entry by a line break, nor follows a link from here."""
        return LINK.sub(r"\1-", " ".join(super().formatMessage(record).splitlines()))


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"reticent": {"()": "clinic.logs.ReticentFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "reticent"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # Below this level it repeats addresses that a visitor typed.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "CRITICAL"},
        # It names each key that it meets.
        "fido2": {"level": "WARNING"},
        # It names each letter that is drawn.
        "fontTools": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
    },
}
