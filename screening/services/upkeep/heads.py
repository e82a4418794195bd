"""Heads of the audit chain, noted where whoever cuts the chain cannot reach."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from screening.services import auditing


def note_head() -> bool:
    """Append today's head to the file of heads; once a day is enough."""
    head, today = auditing.head(), timezone.localdate().isoformat()
    if not head or today in (day for day, _ in noted()):
        return False
    _path().parent.mkdir(parents=True, exist_ok=True)
    with _path().open("a", encoding="ascii") as notes:
        notes.write(f"{today} {head}\n")
    return True


def noted() -> list[tuple[str, str]]:
    """Return each day with the head it ended on when it was noted."""
    if not _path().exists():
        return []
    lines = _path().read_text(encoding="ascii").splitlines()
    return [(day, head) for day, _, head in (line.partition(" ") for line in lines)]


def lost() -> list[str]:
    """Return the days whose head is no longer in the chain."""
    return [day for day, head in noted() if not auditing.holds(head)]


def _path() -> Path:
    return Path(settings.RECORDS) / "audit-heads.txt"
