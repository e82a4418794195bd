"""The words of the help pages: the clinic's own, and always some."""

from __future__ import annotations

from django.db import DatabaseError, InterfaceError
from django.db.models import QuerySet

from screening.engine.help_words import help_words
from screening.models import ProtocolStatus, Text


def asked_now() -> dict[str, str]:
    """Return the words of the active version; as shipped when nobody can tell."""
    return _words(Text.objects.filter(protocol__status=ProtocolStatus.ACTIVE))


def asked_by(protocol: int) -> dict[str, str]:
    """Return the words of the version that somebody answers."""
    return _words(Text.objects.filter(protocol=protocol))


def _words(rows: QuerySet[Text]) -> dict[str, str]:
    try:
        return help_words(rows.values_list("code", "text"))
    except (DatabaseError, InterfaceError):
        return help_words(())
