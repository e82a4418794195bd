"""Clauses turned into tests: closures that read facts and give a Truth."""

from __future__ import annotations

import operator as op
from collections.abc import Callable, Sequence

from screening.engine.facts import NOT_ASKED, Fact, Facts, Interval
from screening.engine.protocol import ABSENT, Clause, Rule
from screening.engine.truth import FALSE, TRUE, UNKNOWN, Truth

Test = Callable[[Facts], Truth]
_Judge = Callable[[Fact], Truth]

OPERATORS = ("=", "!=", "<", "<=", ">", ">=")
_COMPARISONS = {"<": op.lt, "<=": op.le, ">": op.gt, ">=": op.ge}


def compile_rule(rule: Rule) -> Test:
    """Return the test of a rule: all of its groups, a group when any clause holds."""
    groups = [_any([compile_clause(clause) for clause in group]) for group in rule]
    return groups[0] if len(groups) == 1 else _all(groups)


def compile_clause(clause: Clause) -> Test:
    """Return the test of one clause.

    Unanswered is unknown whatever the operator. On a question closed for certain a
    comparison is false and `!=` is true (FHIR's rule for disabled questions).
    """
    question = clause.question
    judge = _judge(clause)
    closed = TRUE if clause.operator == "!=" else FALSE

    def test(facts: Facts) -> Truth:
        fact = facts[question]
        if fact is None:
            return UNKNOWN
        if fact is NOT_ASKED:
            return closed
        return judge(fact)

    return test


def _judge(clause: Clause) -> _Judge:
    if clause.operator == "=":
        return _equal(clause.answer)
    if clause.operator == "!=":
        equal = _equal(clause.answer)
        return lambda fact: ~equal(fact)
    return _compare(clause.operator, clause.answer)


def _equal(answer: str | int | float | bool) -> _Judge:
    decided = isinstance(answer, str) and answer in ABSENT

    def judge(fact: Fact) -> Truth:
        if isinstance(fact, frozenset):
            if answer in fact:
                return TRUE
            return UNKNOWN if not decided and fact & ABSENT else FALSE
        if isinstance(fact, Interval):
            return _equal_interval(fact, answer)
        if fact == answer and type(fact) is type(answer):
            return TRUE
        if isinstance(fact, str) and fact in ABSENT and not decided:
            return UNKNOWN
        return _equal_number(fact, answer)

    return judge


def _equal_number(fact: Fact, answer: object) -> Truth:
    numbers = _is_number(fact) and _is_number(answer)
    return TRUE if numbers and fact == answer else FALSE


def _equal_interval(fact: Interval, answer: object) -> Truth:
    if not _is_number(answer):
        return UNKNOWN
    if fact.low == fact.high == answer:
        return TRUE
    inside = fact.low <= answer <= fact.high  # type: ignore[operator]
    return UNKNOWN if inside else FALSE


def _compare(operator: str, answer: str | int | float | bool) -> _Judge:
    if operator not in _COMPARISONS or not _is_number(answer):
        return lambda fact: UNKNOWN
    compare = _COMPARISONS[operator]

    def judge(fact: Fact) -> Truth:
        if isinstance(fact, Interval):
            low, high = compare(fact.low, answer), compare(fact.high, answer)
            return UNKNOWN if low != high else TRUE if low else FALSE
        if _is_number(fact):
            return TRUE if compare(fact, answer) else FALSE
        return FALSE if fact == "not-applicable" else UNKNOWN

    return judge


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _any(tests: Sequence[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]

    def test(facts: Facts) -> Truth:
        result = FALSE
        for each in tests:
            truth = each(facts)
            if truth is TRUE:
                return TRUE
            if truth is UNKNOWN:
                result = UNKNOWN
        return result

    return test


def _all(tests: Sequence[Test]) -> Test:
    def test(facts: Facts) -> Truth:
        result = TRUE
        for each in tests:
            truth = each(facts)
            if truth is FALSE:
                return FALSE
            if truth is UNKNOWN:
                result = UNKNOWN
        return result

    return test
