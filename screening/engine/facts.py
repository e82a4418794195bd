"""Answers read as facts: what was said, what was not asked, what is not yet known."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from screening.engine.protocol import ABSENT, NOT_APPLICABLE, NOT_KNOWN, Item


class State(Enum):
    """A question closed for certain. A question merely unanswered has no fact: None."""

    NOT_ASKED = "not-asked"


NOT_ASKED = State.NOT_ASKED


@dataclass(frozen=True, slots=True)
class Interval:
    """The lowest and highest value a score can still take; infinity when unbounded."""

    low: float
    high: float

    @property
    def value(self) -> float | None:
        """The score itself, once both ends meet; a part of a sum is not a score."""
        return self.low if self.low == self.high else None

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)


ZERO, ANY_COUNT = Interval(0, 0), Interval(0, math.inf)

Row = Mapping[str, Any]
Fact = str | float | bool | date | frozenset[str] | tuple[Row, ...] | Interval
Facts = Mapping[str, Fact | State | None]


class Misfit(ValueError):
    """An answer of the wrong type for its question."""


def read(item: Item, raw: object) -> Fact | None:
    """Return the fact in a raw JSON answer; None when nothing was said.

    Raises Misfit when the answer cannot be one to this question.
    """
    if raw is None or raw == "" or raw == []:
        return None
    if isinstance(raw, dict):
        return _read_absent(item, raw)
    if item.not_applicable and raw == NOT_APPLICABLE:
        return NOT_APPLICABLE
    return _READERS[item.type](item, raw)


def read_all(
    items: Iterable[Item], answers: Mapping[str, object]
) -> tuple[dict[str, Fact], list[str]]:
    """Read every answer; return the facts, and a sentence for each misfit."""
    facts: dict[str, Fact] = {}
    problems: list[str] = []
    for item in items:
        if (raw := answers.get(item.link_id)) is None:
            continue
        try:
            fact = read(item, raw)
        except Misfit as problem:
            problems.append(f"{item.link_id}: {problem}")
        else:
            if fact is not None:
                facts[item.link_id] = fact
    return facts, problems


def is_absent(fact: object) -> bool:
    """Tell whether a fact is a refusal or an "I do not know"."""
    if isinstance(fact, frozenset):
        return bool(fact & ABSENT)
    return isinstance(fact, str) and fact in ABSENT


def _read_absent(item: Item, raw: dict[Any, Any]) -> Fact:
    code = raw.get("absent")
    if len(raw) != 1 or not isinstance(code, str) or code not in ABSENT:
        raise Misfit('expected {"absent": "asked-declined" or "asked-unknown"}')
    return frozenset({code}) if item.type == "multi-choice" else code


def _read_boolean(item: Item, raw: object) -> Fact:
    if not isinstance(raw, bool):
        raise Misfit("expected true or false")
    return raw


def _read_choice(item: Item, raw: object) -> Fact:
    if not isinstance(raw, str) or raw not in item.codes:
        raise Misfit("not one of the options")
    return raw


def _read_codes(item: Item, raw: object) -> Fact:
    if not isinstance(raw, list) or not all(isinstance(code, str) for code in raw):
        raise Misfit("expected a list of option codes")
    codes = frozenset(raw)
    if codes - item.codes - {NOT_KNOWN}:
        raise Misfit("not one of the options")
    if "none" in codes and len(codes) > 1:
        raise Misfit("none and something else")
    if item.unknown_is_exclusive and NOT_KNOWN in codes and len(codes) > 1:
        raise Misfit("not known and something else")
    return codes


def _read_number(item: Item, raw: object) -> Fact:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise Misfit("expected a number")
    if not math.isfinite(number := _float(raw)):
        raise Misfit("expected a finite number")
    if item.type == "integer" and not number.is_integer():
        raise Misfit("expected a whole number")
    if number < _bound(item.minimum, -math.inf):
        raise Misfit(f"less than {item.minimum}")
    if number > _bound(item.maximum, math.inf):
        raise Misfit(f"more than {item.maximum}")
    return raw


def _float(raw: int | float) -> float:
    try:
        return float(raw)
    except OverflowError:
        return math.inf


def _bound(limit: float | None, otherwise: float) -> float:
    return otherwise if limit is None else limit


def _read_text(item: Item, raw: object) -> Fact:
    if not isinstance(raw, str):
        raise Misfit("expected text")
    return raw


def _read_date(item: Item, raw: object) -> Fact:
    try:
        day = date.fromisoformat(raw)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        day = None
    # Other ways to write a date, such as 19840501, would not be shown as they were.
    if day is None or day.isoformat() != raw:
        raise Misfit("expected a date such as 1984-05-01")
    return day


def _read_rows(item: Item, raw: object) -> Fact:
    if not isinstance(raw, list) or not all(isinstance(row, dict) for row in raw):
        raise Misfit("expected a list of rows")
    if item.max_rows and len(raw) > item.max_rows:
        raise Misfit(f"more than {item.max_rows:g} rows")
    return tuple(_read_row(item, row) for row in raw)


def _read_row(item: Item, row: dict[Any, Any]) -> Row:
    if unknown := set(row) - {field.link_id for field in item.fields}:
        raise Misfit(f"unknown field {sorted(map(str, unknown))[0]}")
    facts, problems = read_all(item.fields, row)
    if problems:
        raise Misfit(problems[0])
    return {field.role: facts.get(field.link_id) for field in item.fields}


_READERS: Mapping[str, Callable[[Item, object], Fact]] = {
    "boolean": _read_boolean,
    "choice": _read_choice,
    "multi-choice": _read_codes,
    "integer": _read_number,
    "decimal": _read_number,
    "text": _read_text,
    "lookup": _read_text,
    "date": _read_date,
    "group": _read_rows,
}

ANSWER_TYPES = frozenset(_READERS)
