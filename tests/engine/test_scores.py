"""Scores as intervals: what is not known gives the lowest and the highest value."""

from __future__ import annotations

import math
from typing import Any

import pytest

from screening.engine.facts import NOT_ASKED, Interval
from screening.engine.protocol import Option, Part, Protocol, Score
from screening.engine.scores import leaves, questions
from tests.engine.making import (
    DECLINED_ANSWER,
    UNKNOWN_ANSWER,
    asks,
    choice,
    protocol,
    rule,
    scored,
    ticks,
    total,
    walk,
)

GATE = rule(("start", "=", "yes"))
START = choice("start")
TWO = (scored("one", gate=GATE), scored("two", gate=GATE))
UNSAID = [DECLINED_ANSWER, UNKNOWN_ANSWER, None, "sometimes often", 3]


def of(made: Protocol, code: str = "sum", **answers: Any) -> Any:
    return walk(made, **answers).facts[code]


def summing(**more: Any) -> Protocol:
    return protocol(START, TWO, scores=[total("sum", "one", "two", **more)])


def test_a_sum_adds_up_the_scores_of_the_options() -> None:
    assert of(summing(), start="yes", one="often", two="sometimes") == Interval(3, 3)
    assert of(summing(), start="yes", one="never", two="never") == Interval(0, 0)


@pytest.mark.parametrize("unsaid", UNSAID)
def test_a_part_that_is_not_known_gives_its_lowest_and_highest(unsaid: Any) -> None:
    assert of(summing(), start="yes", one="often", two=unsaid) == Interval(2, 4)


@pytest.mark.parametrize("closed", [True, False])
def test_a_score_closed_for_certain_is_not_asked(closed: bool) -> None:
    made = summing(closed_parts_count_zero=closed)
    assert of(made, start="no", one="often") is NOT_ASKED
    assert of(made, one="often") == Interval(0, 4)


def _half_closed(**more: Any) -> Protocol:
    second = scored("two", gate=rule(("one", "!=", "never")))
    scores = [total("sum", "one", "two", **more)]
    return protocol(START, scored("one", gate=GATE), second, scores=scores)


def test_a_closed_part_keeps_a_score_from_being_asked() -> None:
    assert of(_half_closed(), start="yes", one="never") is NOT_ASKED


def test_a_closed_part_counts_zero_where_the_score_says_so() -> None:
    made = _half_closed(closed_parts_count_zero=True)
    assert of(made, start="yes", one="never") == Interval(0, 0)
    assert of(made, start="yes", one="often", two="often") == Interval(4, 4)
    assert of(made, start="yes", one="often") == Interval(2, 4)
    assert of(made, start="yes") == Interval(0, 4)


def _numbers(kind: str, **more: Any) -> Protocol:
    items = tuple(
        asks(code, "integer", minimum=0, maximum=10, not_applicable="No", **more)
        for code in ("one", "two")
    )
    return protocol(items, scores=[total("sum", "one", "two", kind=kind)])


@pytest.mark.parametrize(
    ("kind", "expected"), [("sum", 11), ("mean", 5.5), ("highest", 8)]
)
def test_numbers_join_as_the_kind_says(kind: str, expected: float) -> None:
    assert of(_numbers(kind), one=3, two=8) == Interval(expected, expected)


@pytest.mark.parametrize(
    ("kind", "low", "high"), [("sum", 8, 18), ("mean", 4, 9), ("highest", 8, 10)]
)
def test_a_number_that_is_not_known_can_be_any_in_its_range(
    kind: str, low: float, high: float
) -> None:
    assert of(_numbers(kind), one=DECLINED_ANSWER, two=8) == Interval(low, high)


@pytest.mark.parametrize(
    ("kind", "expected"), [("sum", 4), ("mean", 4), ("highest", 4)]
)
def test_what_does_not_apply_leaves_the_score_to_the_others(
    kind: str, expected: float
) -> None:
    found = of(_numbers(kind), one="not-applicable", two=4)
    assert found == Interval(expected, expected)


@pytest.mark.parametrize("kind", ["sum", "mean", "highest"])
def test_a_score_of_nothing_that_applies_is_not_asked_and_not_zero(kind: str) -> None:
    made = _numbers(kind)
    assert of(made, one="not-applicable", two="not-applicable") is NOT_ASKED


def test_a_mean_is_rounded_to_four_places() -> None:
    items = tuple(asks(code, "integer", minimum=0, maximum=10) for code in "abc")
    made = protocol(items, scores=[total("sum", *"abc", kind="mean")])
    assert of(made, a=1, b=1, c=0) == Interval(0.6667, 0.6667)
    assert of(made, a=7, b=7, c=7) == Interval(7, 7)


def test_a_number_without_a_range_has_no_upper_end() -> None:
    made = protocol(asks("one", "decimal"), scores=[total("sum", "one")])
    assert of(made) == Interval(0, math.inf)
    assert of(made, one=2.5) == Interval(2.5, 2.5)
    assert of(made, one=10**300) == Interval(10**300, 10**300)


@pytest.mark.parametrize("type_", ["integer", "decimal"])
def test_a_number_that_is_not_known_is_at_least_its_lowest(type_: str) -> None:
    item = asks("one", type_, minimum=3, maximum=7)
    made = protocol(item, scores=[total("sum", "one")])
    assert of(made) == of(made, one=2) == Interval(3, 7)
    assert of(made, one=3) == Interval(3, 3)


def test_a_large_whole_number_is_read_like_a_small_one() -> None:
    item = asks("one", "integer", minimum=0, maximum=5000)
    made = protocol(item, scores=[total("sum", "one")])
    assert of(made, one=4999) == Interval(4999, 4999)
    assert of(made) == Interval(0, 5000)


def test_a_question_whose_answers_have_no_number_settles_nothing() -> None:
    made = protocol(asks("one", "boolean", minimum=0), scores=[total("sum", "one")])
    assert of(made, one=True) == Interval(0, math.inf)


def test_an_option_without_a_score_leaves_the_part_open() -> None:
    options = (Option("a", "A", 1), Option("b", "B", 3), Option("c", "C"))
    item = asks("one", "choice", options=options)
    made = protocol(item, scores=[total("sum", "one")])
    assert of(made, one="c") == Interval(1, 3)


def _counting(*codes: str, kind: str = "sum") -> Score:
    parts = tuple(Part(rule=rule(("signs", "=", code))) for code in codes)
    return Score("sum", "Sum", kind, 0, None, parts)


SIGNS = ticks("signs", "a", "b", "none", gate=GATE)


@pytest.mark.parametrize(
    ("ticked", "count"),
    [
        (["a"], Interval(1, 1)),
        (["a", "b"], Interval(2, 2)),
        (["none"], Interval(0, 0)),
        (["a", "asked-unknown"], Interval(1, 2)),
        (DECLINED_ANSWER, Interval(0, 2)),
        (None, Interval(0, 2)),
    ],
)
def test_a_rule_counts_one_when_it_holds(ticked: Any, count: Interval) -> None:
    made = protocol(START, SIGNS, scores=[_counting("a", "b")])
    assert of(made, start="yes", signs=ticked) == count


def test_rules_about_a_closed_question_are_not_asked() -> None:
    made = protocol(START, SIGNS, scores=[_counting("a", "b")])
    assert of(made, start="no") is NOT_ASKED


def _with_another(at_most: float | None) -> Protocol:
    inner = total("inner", "one", "two")
    parts = (
        Part(rule=rule(("start", "=", "yes"))),
        Part(score="inner", at_most=at_most),
    )
    return protocol(
        START, TWO, scores=[inner, Score("sum", "S", "sum", 0, None, parts)]
    )


def test_another_score_counts_up_to_its_ceiling() -> None:
    answers = {"start": "yes", "one": "often", "two": "often"}
    assert of(_with_another(None), **answers) == Interval(5, 5)
    assert of(_with_another(2), **answers) == Interval(3, 3)
    assert of(_with_another(2), start="yes", one="sometimes") == Interval(2, 3)
    assert of(_with_another(None), start="yes") == Interval(1, 5)


def test_another_score_that_is_not_asked_counts_zero() -> None:
    assert of(_with_another(2), start="no") == Interval(0, 0)


def test_leaves_are_every_question_behind_a_name_once() -> None:
    made = _with_another(2)
    assert leaves("sum", made) == ("start", "one", "two")
    assert leaves("one", made) == ("one",)
    assert leaves("rows.class", made) == ("rows",)
    rows = Score("rows", "R", "diazepam-mg", 0, None, group="list", complete="whole")
    assert leaves("rows", protocol(START, scores=[rows])) == ("list", "whole")


def test_a_part_asks_about_its_question_its_rule_or_its_score() -> None:
    assert questions(Part(item="one")) == ["one"]
    assert questions(Part(score="inner", at_most=2)) == ["inner"]
    assert questions(
        Part(rule=rule(("a", "=", 1), [("b", "=", 1), ("a", "=", 2)]))
    ) == [*("a", "b", "a")]
