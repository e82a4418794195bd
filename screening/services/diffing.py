"""What a draft changes, in the clinic's own words rather than in codes."""

from __future__ import annotations

from typing import Any

from screening.engine import words
from screening.engine.document import build
from screening.engine.protocol import Clause, Protocol
from screening.services.comparing import what_changed
from screening.services.places import with_all_words

Table = dict[str, Any]


def readable_changes(old: Table, new: Table) -> list[str]:
    """Return each difference as a sentence, its questions and answers spelled out."""
    old, new = with_all_words(old), with_all_words(new)
    return what_changed(_spelled(old, build(old)), _spelled(new, build(new)))


def _spelled(value: Any, rules: Protocol) -> Any:
    if isinstance(value, list):
        return [_spelled(each, rules) for each in value]
    if not isinstance(value, dict):
        return value
    if "question" in value:
        clause = Clause(**value)
        asked = words.question(rules, clause.question)
        return value | {"question": asked, "answer": _answer(rules, clause)}
    return {key: _spelled(each, rules) for key, each in value.items()}


def _answer(rules: Protocol, clause: Clause) -> Any:
    if isinstance(clause.answer, str) and clause.question in rules.item:
        return f"“{words.option(rules.item[clause.question], clause.answer)}”"
    return clause.answer
