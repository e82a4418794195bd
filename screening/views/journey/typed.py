"""What was typed and could not be read: it is there again after the help page."""

from __future__ import annotations

from django.http import QueryDict

# What belongs to the press of a button, not to what was typed.
PRESSED = ("csrfmiddlewaretoken", "action", "row-index", "row-count")


def kept(fields: QueryDict) -> dict[str, list[str]]:
    kept = ((k, [v[:4000] for v in values]) for k, values in fields.lists())
    return {k: v for k, v in kept if k not in PRESSED}


def posted(unread: dict[str, list[str]]) -> QueryDict:
    fields = QueryDict(mutable=True)
    for name, values in unread.items():
        fields.setlist(name, values)
    return fields
