"""What is read from a raw answer, and what is refused as no answer to the question."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pytest

from screening.engine.facts import (
    ANSWER_TYPES,
    Interval,
    Misfit,
    is_absent,
    read,
    read_all,
)
from screening.engine.protocol import Item
from tests.engine.making import asks, choice, ticks

BOOLEAN = asks("b", "boolean")
CHOICE = choice("c", "yes", "no")
TICKS = ticks("m", "red", "blue", "none")
SURE = ticks("s", "red", "blue", can_be_unknown=True, unknown_is_exclusive=True)
INTEGER = asks("i", "integer", minimum=0, maximum=10)
UNBOUNDED = asks("u", "integer")
DECIMAL = asks("d", "decimal", minimum=0.5, maximum=2.5)
TEXT = asks("t", "text")
LOOKUP = asks("l", "lookup")
DATE = asks("a", "date")
WORK = asks("w", "integer", minimum=0, maximum=10, not_applicable="I do not work")
ROWS = asks(
    "g",
    "group",
    max_rows=2,
    fields=(
        asks("g-name", "lookup", role="name"),
        asks("g-mg", "decimal", role="dose"),
    ),
)
EVERY = (BOOLEAN, CHOICE, TICKS, INTEGER, UNBOUNDED, DECIMAL, TEXT, LOOKUP, DATE, ROWS)

READ: list[tuple[Item, Any, Any]] = [
    (BOOLEAN, True, True),
    (BOOLEAN, False, False),
    (CHOICE, "yes", "yes"),
    (TICKS, ["red", "blue", "red"], frozenset({"red", "blue"})),
    (TICKS, ["none"], frozenset({"none"})),
    (TICKS, ["red", "asked-unknown"], frozenset({"red", "asked-unknown"})),
    (SURE, ["asked-unknown"], frozenset({"asked-unknown"})),
    (INTEGER, 0, 0),
    (INTEGER, 10, 10),
    (INTEGER, 3.0, 3.0),
    (UNBOUNDED, -5, -5),
    (UNBOUNDED, 10**300, 10**300),
    (DECIMAL, 0.5, 0.5),
    (DECIMAL, 2, 2),
    (TEXT, "I sleep badly.", "I sleep badly."),
    (TEXT, " ", " "),
    (LOOKUP, "Zoloft", "Zoloft"),
    (DATE, "1984-05-01", date(1984, 5, 1)),
    (DATE, "2024-02-29", date(2024, 2, 29)),
    (WORK, "not-applicable", "not-applicable"),
    (WORK, 4, 4),
    (ROWS, [{"g-name": "Zoloft"}], ({"name": "Zoloft", "dose": None},)),
    (
        ROWS,
        [{}, {"g-mg": 50}],
        ({"name": None, "dose": None}, {"name": None, "dose": 50}),
    ),
    (
        ROWS,
        [{"g-mg": {"absent": "asked-unknown"}}],
        ({"name": None, "dose": "asked-unknown"},),
    ),
]

MISFITS: list[tuple[Item, Any, str]] = [
    *((BOOLEAN, raw, "true or false") for raw in (1, 0, "true", "yes", [True], 1.0)),
    *((CHOICE, raw, "options") for raw in ("maybe", "Yes", 1, True, ["yes"], " yes")),
    (CHOICE, "asked-declined", "options"),
    (CHOICE, "not-applicable", "options"),
    *((TICKS, raw, "list") for raw in ("red", 1, True, [1], ["red", None], [["red"]])),
    (TICKS, ["green"], "options"),
    (TICKS, ["red", "asked-declined"], "options"),
    (TICKS, ["none", "red"], "none and something else"),
    (TICKS, ["none", "asked-unknown"], "none and something else"),
    (SURE, ["red", "asked-unknown"], "not known and something else"),
    *((INTEGER, raw, "expected a number") for raw in (True, False, "3", [3])),
    *((INTEGER, raw, "finite") for raw in (math.nan, math.inf, -math.inf, 10**400)),
    *((UNBOUNDED, raw, "finite") for raw in (-(10**400), 1e999)),
    (INTEGER, 2.5, "whole"),
    (INTEGER, -1, "less than 0"),
    (INTEGER, 11, "more than 10"),
    (DECIMAL, 0.49, "less than 0.5"),
    (DECIMAL, 2.51, "more than 2.5"),
    *((TEXT, raw, "text") for raw in (1, True, ["a"], math.nan)),
    (LOOKUP, 5, "text"),
    *((DATE, raw, "date") for raw in ("yesterday", "1984-13-01", "2023-02-29")),
    *((DATE, raw, "date") for raw in (19840501, "19840501", "2024-W01-1", True)),
    *((DATE, raw, "date") for raw in ("0000-01-01", "\ud800", "1984-05-01T00:00")),
    *((ROWS, raw, "rows") for raw in ("Zoloft", 1, [1], [["Zoloft"]], [{}, None])),
    (ROWS, [{}, {}, {}], "more than 2 rows"),
    (ROWS, [{"g-name": "Zoloft", "odd": 1, "even": 2}], "unknown field even"),
    (ROWS, [{}, {"g-mg": "many"}], "g-mg: expected a number"),
    (ROWS, [{"g-mg": {"absent": "mislaid"}}], "g-mg: expected {"),
    (INTEGER, "not-applicable", "expected a number"),
]

ABSENT_MISFITS = [
    {},
    {"absent": "unasked"},
    {"absent": ["asked-unknown"]},
    {"absent": None},
    {"absent": "asked-unknown", "why": "tired"},
    {"present": "asked-unknown"},
]


def test_every_type_of_question_is_tried() -> None:
    assert {item.type for item in EVERY} == ANSWER_TYPES


@pytest.mark.parametrize(("item", "raw", "fact"), READ)
def test_an_answer_of_the_right_type_is_a_fact(item: Item, raw: Any, fact: Any) -> None:
    found = read(item, raw)
    assert found == fact
    assert type(found) is type(fact)


@pytest.mark.parametrize(("item", "raw", "why"), MISFITS)
def test_an_answer_of_the_wrong_type_is_a_misfit(
    item: Item, raw: Any, why: str
) -> None:
    with pytest.raises(Misfit, match=why):
        read(item, raw)


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item.type)
@pytest.mark.parametrize("raw", [None, "", []])
def test_an_empty_answer_says_nothing(item: Item, raw: Any) -> None:
    assert read(item, raw) is None


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item.type)
@pytest.mark.parametrize("code", ["asked-unknown", "asked-declined"])
def test_not_knowing_and_refusing_are_answers_to_every_question(
    item: Item, code: str
) -> None:
    fact = read(item, {"absent": code})
    assert fact == (frozenset({code}) if item is TICKS else code)
    assert is_absent(fact)


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item.type)
@pytest.mark.parametrize("raw", ABSENT_MISFITS)
def test_a_reason_that_is_none_is_a_misfit(item: Item, raw: Any) -> None:
    with pytest.raises(Misfit, match="absent"):
        read(item, raw)


@pytest.mark.parametrize(
    "fact",
    [0, False, "yes", date(1984, 5, 1), frozenset({"none"}), None, Interval(0, 1)],
)
def test_zero_no_and_none_are_not_absent(fact: object) -> None:
    assert not is_absent(fact)


def test_not_sure_of_all_of_a_list_is_absent_beside_ticks() -> None:
    assert is_absent(frozenset({"red", "asked-unknown"}))


def test_misfits_are_told_by_question_and_the_rest_is_read() -> None:
    answers = {"b": 1, "c": "yes", "i": None, "d": "", "a": "soon", "stranger": 1}
    facts, problems = read_all(EVERY, answers)
    assert facts == {"c": "yes"}
    assert problems == [
        "b: expected true or false",
        "a: expected a date such as 1984-05-01",
    ]


def test_a_list_without_a_limit_takes_any_number_of_rows() -> None:
    endless = asks("g", "group", fields=ROWS.fields)
    assert len(read(endless, [{}] * 99)) == 99  # type: ignore[arg-type]


def test_an_interval_is_a_value_once_its_ends_meet() -> None:
    assert Interval(2, 2).value == 2
    assert Interval(0, 0).value == 0
    assert Interval(2, 3).value is None
    assert Interval(1, math.inf) + Interval(2, 3) == Interval(3, math.inf)
