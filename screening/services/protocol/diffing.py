"""What a draft changes, in the clinic's own words rather than in codes."""

from __future__ import annotations

from typing import Any

from screening.engine import words
from screening.engine.document import build
from screening.engine.protocol import Clause, Protocol
from screening.services.protocol.comparing import differences, in_words, what_changed
from screening.services.protocol.places import with_all_words

Table = dict[str, Any]

_SAYS = ("statement", "title", "text", "name")
# A name longer than this is cut: it only says which one is meant.
LONG = 120


def readable_changes(old: Table, new: Table) -> list[str]:
    """Return each difference as a sentence, its questions and answers spelled out.

    Both are spelled in the new words: a question in other words is one change, and not
    one more for each criterion that reads it.
    """
    old, new = with_all_words(old), with_all_words(new)
    known = (build(new), build(old))
    return what_changed(_spelled(old, *known), _spelled(new, *known), _called)


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


def _spelled(value: Any, *known: Protocol) -> Any:
    """Spell clauses out by the first version that knows what they speak of."""
    if isinstance(value, list):
        return [_spelled(each, *known) for each in value]
    if not isinstance(value, dict):
        return value
    if "question" in value:
        clause = Clause(**value)
        return value | {
            "question": _asked(clause.question, known),
            "answer": _answer(clause, known),
        }
    return {key: _spelled(each, *known) for key, each in value.items()}


def _asked(name: str, known: tuple[Protocol, ...]) -> str:
    said = (words.question(rules, name) for rules in known)
    return next((each for each in said if each != name), name)


def _answer(clause: Clause, known: tuple[Protocol, ...]) -> Any:
    items = [r.item[clause.question] for r in known if clause.question in r.item]
    if not isinstance(clause.answer, str) or not items:
        return clause.answer
    said = (words.option(item, clause.answer) for item in items)
    return f"“{next((e for e in said if e != clause.answer), clause.answer)}”"
