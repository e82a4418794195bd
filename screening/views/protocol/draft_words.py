"""What a lead calls the tables of a draft: by kind, and by what they say."""

from __future__ import annotations

from typing import Any

from django.utils.text import Truncator

from screening.services.protocol.places import find

Words = dict[str, Any]

SINGULAR = {
    "criterion": "Criterion",
    "medicine": "Medicine",
    "item": "Question",
    "page": "Page",
    "wording": "Question",
    "instrument": "Instrument",
    "score": "Score",
    "section": "Section",
    "indication": "Indication",
    "source": "Source",
    "text": "Words",
    "protocol": "Protocol",
}
# A name longer than this is cut where it only says which one is meant.
LONG = 120
_TITLES = ("statement", "text", "title", "name")


def called(document: Words, kind: str, name: str) -> str:
    """Name a table as a lead does: by what it is and what it says."""
    said = Truncator(title_of(find(document, kind, name)) or name).chars(LONG)
    return f"{SINGULAR.get(kind, kind)} “{said}”"


def title_of(table: Words) -> str:
    return next((table[key] for key in _TITLES if table.get(key)), "")
