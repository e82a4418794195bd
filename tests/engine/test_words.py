"""Answers, clauses and scores in words."""

from __future__ import annotations

import math
from typing import Any

import pytest

from screening.engine import words
from screening.engine.document import build
from screening.engine.facts import NOT_ASKED, Interval
from screening.engine.protocol import Clause, Item
from tests.engine.making import (
    DECLINED_ANSWER,
    UNKNOWN_ANSWER,
    asks,
    choice,
    protocol,
    scored,
    ticks,
    total,
)

CHOICE = choice("low")
TICKS = ticks("why", "a", "b")
NUMBER = asks("age", "integer", unit="years", not_applicable="I have none")
ROWS = asks(
    "list",
    "group",
    fields=(asks("name", "lookup"), asks("mg", "decimal", unit="mg"), choice("still")),
)
MADE = protocol((CHOICE, NUMBER, ROWS), scored("one"), scores=[total("sum", "one")])

SAID: list[tuple[Item, Any, list[str]]] = [
    (CHOICE, None, []),
    (CHOICE, "", []),
    (TICKS, [], []),
    (CHOICE, "yes", ["It is yes"]),
    (CHOICE, "unheard-of", ["unheard-of"]),
    (CHOICE, UNKNOWN_ANSWER, ["I do not know"]),
    (CHOICE, DECLINED_ANSWER, ["I would rather not say"]),
    (CHOICE, {"absent": "mislaid"}, [""]),
    (TICKS, ["a", "b"], ["It is a", "It is b"]),
    (TICKS, ["a", "asked-unknown"], ["It is a", "I do not know"]),
    (NUMBER, 0, ["0 years"]),
    (NUMBER, 3.5, ["3.5 years"]),
    (NUMBER, 3.0, ["3 years"]),
    (NUMBER, "not-applicable", ["I have none"]),
    (CHOICE, "not-applicable", ["not-applicable"]),
    (asks("sure", "boolean"), True, ["Yes"]),
    (asks("sure", "boolean"), False, ["No"]),
    (asks("born", "date"), "1984-05-01", ["1984-05-01"]),
    (asks("note", "text"), "asked-unknown", ["asked-unknown"]),
    (asks("drug", "lookup"), "not-applicable", ["not-applicable"]),
    (
        ROWS,
        [{"name": "Xanax", "mg": 0.5, "still": "yes"}, {"mg": UNKNOWN_ANSWER}, {}],
        ["Xanax, 0.5 mg, It is yes", "I do not know", ""],
    ),
]

CLAUSES = [
    (Clause("low", "=", "yes"), "Is it low?: is “It is yes”"),
    (
        Clause("low", "!=", "asked-declined"),
        "Is it low?: is not “I would rather not say”",
    ),
    (Clause("age", "<", 18), "What age?: less than 18"),
    (Clause("age", "<=", 65.5), "What age?: at most 65.5"),
    (Clause("age", ">", 64), "What age?: more than 64"),
    (Clause("age", "=", "not-applicable"), "What age?: is “I have none”"),
    (Clause("sum", ">=", 3), "Sum: at least 3"),
    (Clause("sure", "=", True), "sure: is Yes"),
    (Clause("sure", "=", False), "sure: is No"),
    (Clause("list.class", "=", "opioid"), "What list? (kind of medicine): is opioid"),
    (Clause("sum", "~", 3), "Sum: ~ 3"),
]

MEASURES = [
    (NOT_ASKED, "not asked"),
    (Interval(4, 4), "4"),
    (Interval(0, 0), "0"),
    (Interval(6.3333, 6.3333), "6.33"),
    (Interval(7.0, 7.0), "7"),
    (Interval(2, 5), "between 2 and 5"),
    (Interval(1, math.inf), "at least 1"),
    (Interval(math.inf, math.inf), "inf"),
]


@pytest.mark.parametrize(("item", "raw", "said"), SAID)
def test_an_answer_is_told_in_the_words_that_were_on_the_screen(
    item: Item, raw: Any, said: list[str]
) -> None:
    assert words.said(item, raw) == said


@pytest.mark.parametrize(("one", "told"), CLAUSES, ids=lambda each: str(each)[:30])
def test_a_clause_reads_like_a_sentence(one: Clause, told: str) -> None:
    assert words.clause(MADE, one) == told


@pytest.mark.parametrize(("measure", "told"), MEASURES)
def test_a_score_in_parts_is_never_told_as_a_score(measure: Any, told: str) -> None:
    assert words.measure(measure) == told


def test_a_name_is_no_story_and_a_question_for_the_doctor_is(
    document: dict[str, Any],
) -> None:
    asked = build(document).item
    stories = {name for name, item in asked.items() if words.is_story(item)}
    assert {"questions-for-doctor", "help-other"} <= stories
    assert stories.isdisjoint({"full-name", "phone", "email", "birth-date"})
