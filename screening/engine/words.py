"""Answers and clauses in words, for people to read."""

from __future__ import annotations

from collections.abc import Mapping

from screening.engine.facts import Interval, State
from screening.engine.protocol import (
    DECLINED,
    NOT_APPLICABLE,
    NOT_KNOWN,
    Clause,
    Item,
    Protocol,
)

ABSENT_WORDS = {
    DECLINED: "I would rather not say",
    NOT_KNOWN: "I do not know",
}
# What is typed into these is never a code, even where it is spelled like one.
WRITTEN = ("text", "lookup")
_OPERATORS = {
    "=": "is",
    "!=": "is not",
    "<": "less than",
    "<=": "at most",
    ">": "more than",
    ">=": "at least",
}


def said(item: Item, raw: object) -> list[str]:
    """Return an answer in the words that were on the screen; [] when there is none."""
    if raw is None or raw == "" or raw == []:
        return []
    if isinstance(raw, dict):
        return [ABSENT_WORDS.get(str(raw.get("absent")), "")]
    if isinstance(raw, bool):
        return ["Yes" if raw else "No"]
    if isinstance(raw, list):
        return [_row(item, e) if isinstance(e, dict) else option(item, e) for e in raw]
    if isinstance(raw, str):
        return [option(item, raw)]
    return [f"{_plain(raw)} {item.unit}".strip()]


def is_story(item: Item) -> bool:
    """Tell whether people answer at length, in words of their own."""
    return item.type == "text" and not (item.required or item.autocomplete)


def option(item: Item, code: object) -> str:
    """Return the text of an option by its code, or what was typed."""
    if code == NOT_APPLICABLE and item.not_applicable:
        return item.not_applicable
    if item.type in WRITTEN:
        return str(code)
    texts = {option.code: option.text for option in item.options}
    return (ABSENT_WORDS | texts).get(str(code), str(code))


def question(protocol: Protocol, name: str) -> str:
    """Return what a clause asks about, in words."""
    if name in protocol.score:
        return protocol.score[name].title
    item = protocol.item.get(name.removesuffix(".class"))
    if item is None:
        return name
    return f"{item.text} (kind of medicine)" if name.endswith(".class") else item.text


def clause(protocol: Protocol, one: Clause) -> str:
    """Return a clause in words, such as `PHQ-9 total: at least 15`."""
    return f"{question(protocol, one.question)}: {comparison(protocol, one)}"


def comparison(protocol: Protocol, one: Clause) -> str:
    operator = _OPERATORS.get(one.operator, one.operator)
    return f"{operator} {answer(protocol, one)}"


def answer(protocol: Protocol, one: Clause) -> str:
    if isinstance(one.answer, bool):
        return "Yes" if one.answer else "No"
    item = protocol.item.get(one.question)
    if isinstance(one.answer, str) and item is not None:
        return f"“{option(item, one.answer)}”"
    return _plain(one.answer)


def measure(value: Interval | State) -> str:
    """Return a score in words; a part of a sum is never shown as the score."""
    if not isinstance(value, Interval):
        return "not asked"
    if value.value is not None:
        return _plain(value.low)
    if value.high == float("inf"):
        return f"at least {_plain(value.low)}"
    return f"between {_plain(value.low)} and {_plain(value.high)}"


def _row(item: Item, row: Mapping[str, object]) -> str:
    words = [
        f"{'; '.join(said(field, row.get(field.link_id)))}"
        for field in item.fields
        if said(field, row.get(field.link_id))
    ]
    return ", ".join(words)


def _plain(value: object) -> str:
    return f"{round(value, 2):g}" if isinstance(value, float) else str(value)
