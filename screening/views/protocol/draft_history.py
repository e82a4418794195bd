"""Who changed what in a draft and when: the old value beside the new, in words."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from screening.engine.document import build
from screening.engine.protocol import Protocol as Rules
from screening.models import DraftChange, Protocol
from screening.services.protocol.diffing import readable_change
from screening.services.protocol.places import with_all_words
from screening.views import moments
from screening.views.protocol import draft_words

Words = dict[str, Any]
SHOWN = 15


def context(draft: Protocol, document: Words, *, whole: bool) -> Words:
    document = with_all_words(document)
    rules, number = build(document), draft.changes.count()
    rows = draft.changes.select_related("by")
    return {
        "history": [
            _change(each, document, rules)
            for each in rows[: number if whole else SHOWN]
        ],
        "changed": number,
        "is_cut": number > SHOWN and not whole,
    }


def _change(each: DraftChange, document: Words, rules: Rules) -> Words:
    lines = readable_change(each.key, each.before, each.after, rules)
    return {
        "at": moments.moment(each.at),
        "by": str(each.by),
        "where": _where(each, document),
        "came": "" if each.key else "removed" if each.after is None else "added",
        "lines": lines,
    }


def _where(each: DraftChange, document: Words) -> str:
    """Name what was changed as it is called now, or as it was when it went."""
    with suppress(KeyError):
        return draft_words.called(document, each.kind, each.name)
    table = each.before if isinstance(each.before, dict) and not each.key else {}
    said = draft_words.title_of(table) or each.name
    return f"{draft_words.SINGULAR.get(each.kind, each.kind)} “{said}”"
