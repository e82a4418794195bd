"""The words of the help pages: the clinic's own, and always some.

The help page waits for no database. It says what this process has last read: at its
start the words that ship, soon after those of the version that is asked.
"""

from __future__ import annotations

from screening.engine.help_words import help_words
from screening.models import ProtocolStatus, Text

LATEST: dict[str, str] = {}


def remember() -> None:
    """Read the words of the active version; called where the database is met anyway."""
    rows = Text.objects.filter(protocol__status=ProtocolStatus.ACTIVE)
    own = dict(rows.values_list("code", "text"))
    # Other threads read meanwhile: never let them find it empty.
    LATEST.update(own)
    for code in set(LATEST) - set(own):
        LATEST.pop(code, None)


def asked_now() -> dict[str, str]:
    return help_words(LATEST.copy().items())


def asked_by(protocol: int) -> dict[str, str]:
    """Return the words of the version that somebody answers."""
    own = Text.objects.filter(protocol=protocol)
    return help_words(own.values_list("code", "text"))
