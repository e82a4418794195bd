"""What a draft changes, in the clinic's own words rather than in codes."""

from __future__ import annotations

from typing import Any

from screening.engine import words
from screening.engine.document import build
from screening.engine.protocol import Clause, Protocol
from screening.services.comparing import differences, in_words, what_changed
from screening.services.places import with_all_words

Table = dict[str, Any]

_SAYS = ("statement", "title", "text", "name")
# A name longer than this is cut: it only says which one is meant.
LONG = 120


def readable_changes(old: Table, new: Table) -> list[str]:
    """Return each difference as a sentence, its questions and answers spelled out."""
    old, new = with_all_words(old), with_all_words(new)
    before, after = _spelled(old, build(old)), _spelled(new, build(new))
    return what_changed(before, after, _called)


def readable_change(key: str, before: Any, after: Any, rules: Protocol) -> list[str]:
    """Return one kept change in words: what was, and what became of it.

    Without a key it is a whole table that came or went: all that it says.
    """
    if not key:
        table: Table = _spelled(before if after is None else after, rules)
        return in_words(table)
    said = (before, after)
    old, new = ({} if each is None else {key: _spelled(each, rules)} for each in said)
    return list(differences(old, new))


def _called(name: str, table: Table) -> str:
    """Call a table by its kind and what it says: `Criterion “Feels low”`."""
    said = next((table[key] for key in _SAYS if table.get(key)), "")
    if not said or name == "The protocol":
        return name
    kind = name.partition(" ")[0].replace("Row", "Question")
    shown = said if len(said) <= LONG else f"{said[:LONG].rpartition(' ')[0]}…"
    return f"{kind} “{shown}”"


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
