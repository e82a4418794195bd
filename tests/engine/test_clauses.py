"""One clause against every kind of fact; groups of clauses against each other."""

from __future__ import annotations

import math
import operator
from datetime import date
from itertools import product
from typing import Any

import pytest

from screening.engine.clauses import OPERATORS, compile_clause, compile_rule
from screening.engine.facts import NOT_ASKED, Interval
from screening.engine.protocol import Clause
from screening.engine.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.engine.making import rule

DECLINED, NOT_KNOWN = "asked-declined", "asked-unknown"
PLAIN = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
SOME = Interval(2, 4)
MARKS = [1, 2, 3, 4, 5]


def holds(operator: str, answer: Any, fact: Any) -> Truth:
    return compile_clause(Clause("q", operator, answer))({"q": fact})


@pytest.mark.parametrize("sign", OPERATORS)
@pytest.mark.parametrize("answer", [3, 3.5, 0, "yes", True, DECLINED, NOT_KNOWN])
def test_an_unanswered_question_makes_any_clause_unknown(
    sign: str, answer: Any
) -> None:
    assert holds(sign, answer, None) is UNKNOWN


@pytest.mark.parametrize("sign", OPERATORS)
@pytest.mark.parametrize("answer", [3, 0, "yes", False, DECLINED])
def test_a_question_closed_for_certain_differs_from_every_answer(
    sign: str, answer: Any
) -> None:
    assert holds(sign, answer, NOT_ASKED) is (TRUE if sign == "!=" else FALSE)


@pytest.mark.parametrize("sign", OPERATORS)
@pytest.mark.parametrize(
    ("fact", "mark"), [*product([0, 3, 3.0, 2.5, -1], [0, 3, 2.5])]
)
def test_numbers_compare_as_numbers_do(sign: str, fact: float, mark: float) -> None:
    assert holds(sign, mark, fact) is (TRUE if PLAIN[sign](fact, mark) else FALSE)


@pytest.mark.parametrize("sign", OPERATORS)
@pytest.mark.parametrize("mark", MARKS)
def test_a_score_is_compared_over_all_that_it_can_still_be(
    sign: str, mark: float
) -> None:
    """The truth is the one that every value of the interval gives, if they agree."""
    seen = {PLAIN[sign](value, mark) for value in (2, 2.5, 3, 3.5, 4)}
    expected = UNKNOWN if len(seen) == 2 else TRUE if seen == {True} else FALSE
    assert holds(sign, mark, SOME) is expected


@pytest.mark.parametrize("sign", OPERATORS)
@pytest.mark.parametrize("mark", MARKS)
def test_a_score_that_is_known_compares_like_a_number(sign: str, mark: float) -> None:
    known = Interval(3, 3)
    assert holds(sign, mark, known) is (TRUE if PLAIN[sign](3, mark) else FALSE)


def test_a_score_without_an_upper_end_can_only_be_settled_from_below() -> None:
    endless = Interval(2, math.inf)
    assert holds(">=", 2, endless) is TRUE
    assert holds("<", 2, endless) is FALSE
    assert holds(">=", 3, endless) is UNKNOWN
    assert holds("<=", 99, endless) is UNKNOWN


@pytest.mark.parametrize("sign", OPERATORS)
def test_a_score_and_a_word_cannot_be_compared(sign: str) -> None:
    assert holds(sign, "many", SOME) is UNKNOWN


@pytest.mark.parametrize("fact", [DECLINED, NOT_KNOWN])
@pytest.mark.parametrize("sign", OPERATORS)
@pytest.mark.parametrize("answer", ["yes", 3, True])
def test_a_refusal_leaves_every_other_clause_unknown(
    fact: str, sign: str, answer: Any
) -> None:
    assert holds(sign, answer, fact) is UNKNOWN


def test_a_clause_that_names_the_refusal_is_decided() -> None:
    assert holds("=", DECLINED, DECLINED) is TRUE
    assert holds("!=", DECLINED, DECLINED) is FALSE
    assert holds("=", DECLINED, NOT_KNOWN) is FALSE
    assert holds("=", DECLINED, "yes") is FALSE
    assert holds("!=", NOT_KNOWN, "yes") is TRUE


@pytest.mark.parametrize(
    ("fact", "answer", "equal"),
    [
        ("yes", "yes", TRUE),
        ("yes", "no", FALSE),
        (True, True, TRUE),
        (False, True, FALSE),
        (False, False, TRUE),
        ("not-applicable", "not-applicable", TRUE),
        ("not-applicable", 3, FALSE),
        ("1", 1, FALSE),
        (1, "1", FALSE),
        (True, 1, FALSE),
        (1, True, FALSE),
        (0, False, FALSE),
        (date(1984, 5, 1), "1984-05-01", FALSE),
        (({"name": "zoloft"},), "zoloft", FALSE),
    ],
)
def test_equal_means_the_same_value_of_the_same_type(
    fact: Any, answer: Any, equal: Truth
) -> None:
    assert holds("=", answer, fact) is equal
    assert holds("!=", answer, fact) is ~equal


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">="])
def test_what_does_not_apply_is_neither_more_nor_less(sign: str) -> None:
    assert holds(sign, 3, "not-applicable") is FALSE


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">="])
@pytest.mark.parametrize("fact", ["yes", True, frozenset({"red"}), date(1984, 5, 1)])
def test_what_is_no_number_is_neither_more_nor_less_for_certain(
    sign: str, fact: Any
) -> None:
    assert holds(sign, 3, fact) is UNKNOWN


@pytest.mark.parametrize(
    ("fact", "answer", "equal"),
    [
        ({"red", "blue"}, "red", TRUE),
        ({"red"}, "blue", FALSE),
        ({"none"}, "none", TRUE),
        ({"red", NOT_KNOWN}, "red", TRUE),
        ({"red", NOT_KNOWN}, "blue", UNKNOWN),
        ({NOT_KNOWN}, "red", UNKNOWN),
        ({DECLINED}, "red", UNKNOWN),
        ({NOT_KNOWN}, NOT_KNOWN, TRUE),
        ({"red", NOT_KNOWN}, NOT_KNOWN, TRUE),
        ({"red", NOT_KNOWN}, DECLINED, FALSE),
        ({DECLINED}, NOT_KNOWN, FALSE),
        ({"red"}, NOT_KNOWN, FALSE),
    ],
)
def test_of_several_ticks_one_that_fits_is_enough(
    fact: set[str], answer: str, equal: Truth
) -> None:
    assert holds("=", answer, frozenset(fact)) is equal
    assert holds("!=", answer, frozenset(fact)) is ~equal


def test_an_operator_that_no_one_knows_is_unknown() -> None:
    assert holds("~", 3, 3) is UNKNOWN


TRUTHS = {"t": TRUE, "f": FALSE, "u": UNKNOWN}
TWO = [*product("tfu", repeat=2)]
FACTS = {"t": "yes", "f": "no", "u": None}


def _judged(*groups: str) -> Truth:
    """Each letter is a clause that is true, false or unknown."""
    clauses = [[(f"{letter}", "=", "yes") for letter in group] for group in groups]
    return compile_rule(rule(*clauses))(FACTS)


@pytest.mark.parametrize(("one", "other"), TWO)
def test_a_group_holds_when_any_of_its_clauses_does(one: str, other: str) -> None:
    order = [FALSE, UNKNOWN, TRUE]
    highest = max(TRUTHS[one], TRUTHS[other], key=order.index)
    assert _judged(one + other) is highest


@pytest.mark.parametrize(("one", "other"), TWO)
def test_a_rule_holds_when_all_of_its_groups_do(one: str, other: str) -> None:
    order = [FALSE, UNKNOWN, TRUE]
    lowest = min(TRUTHS[one], TRUTHS[other], key=order.index)
    assert _judged(one, other) is lowest
    assert _judged(one + one, other) is lowest
