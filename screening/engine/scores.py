"""Scores as intervals: each unanswered part gives its lowest and its highest value."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date

from screening.engine.clauses import Test, compile_rule
from screening.engine.facts import (
    ANY_COUNT,
    NOT_ASKED,
    ONE,
    ZERO,
    ZERO_OR_ONE,
    Facts,
    Interval,
    State,
)
from screening.engine.medicines import Formulary
from screening.engine.protocol import Item, Part, Protocol, Score
from screening.engine.trials import ROW_KINDS
from screening.engine.truth import FALSE, TRUE

Measure = Interval | State
Count = Callable[[Facts, date], Measure]


def compile_score(score: Score, protocol: Protocol, formulary: Formulary) -> Count:
    """Return the function that works a score out of facts, on a date."""
    if score.kind == "age":
        return _age(score.parts[0].item)
    if score.kind in ROW_KINDS:
        return ROW_KINDS[score.kind](score, formulary)
    return _sum(score, protocol)


def leaves(name: str, protocol: Protocol) -> tuple[str, ...]:
    """Return the link_ids a question rests on: itself, or all that a score reads."""
    if name not in protocol.score:
        return (name.removesuffix(".class"),)
    score = protocol.score[name]
    names = [question for part in score.parts for question in questions(part)]
    names += [question for question in (score.group, score.complete) if question]
    found = (leaf for each in names for leaf in leaves(each, protocol))
    return tuple(dict.fromkeys(found))


def questions(part: Part) -> list[str]:
    """Return what a part of a score asks about."""
    if part.rule:
        return [clause.question for group in part.rule for clause in group]
    return [part.item or part.score]


def _sum(score: Score, protocol: Protocol) -> Count:
    parts = [_part(part, protocol) for part in score.parts]
    asked = [questions(part) for part in score.parts]
    strict = [
        part.item
        for part in score.parts
        if part.item and not score.closed_parts_count_zero
    ]
    join = _JOINS[score.kind]

    def count(facts: Facts, as_of: date) -> Measure:
        if any(facts[item] is NOT_ASKED for item in strict):
            return NOT_ASKED
        if all(facts[name] is NOT_ASKED for names in asked for name in names):
            return NOT_ASKED
        found = (part(facts) for part in parts)
        return join([interval for interval in found if interval is not None])

    return count


_Part = Callable[[Facts], Interval | None]


def _part(part: Part, protocol: Protocol) -> _Part:
    if part.rule:
        return _counting(compile_rule(part.rule))
    if part.score:
        return _other(part.score, math.inf if part.at_most is None else part.at_most)
    return _item(protocol.item[part.item])


def _counting(test: Test) -> _Part:
    def part(facts: Facts) -> Interval:
        truth = test(facts)
        return ONE if truth is TRUE else ZERO if truth is FALSE else ZERO_OR_ONE

    return part


def _other(code: str, ceiling: float) -> _Part:
    def part(facts: Facts) -> Interval:
        measure = facts[code]
        return measure.at_most(ceiling) if isinstance(measure, Interval) else ZERO

    return part


def _item(item: Item) -> _Part:
    """Read an item's value from its option's code, never from displayed text."""
    points = {
        option.code: Interval(option.score, option.score)
        for option in item.options
        if option.score is not None
    }
    unknown = _range(item, points)

    def part(facts: Facts) -> Interval | None:
        fact = facts[item.link_id]
        if fact is NOT_ASKED:
            return ZERO
        if isinstance(fact, str):
            return None if fact == "not-applicable" else points.get(fact, unknown)
        if isinstance(fact, int | float) and not isinstance(fact, bool):
            return Interval(fact, fact)
        return unknown

    return part


def _range(item: Item, points: Mapping[str, Interval]) -> Interval:
    if points:
        values = [interval.low for interval in points.values()]
        return Interval(min(values), max(values))
    low = 0 if item.minimum is None else item.minimum
    return Interval(low, math.inf if item.maximum is None else item.maximum)


def _total(intervals: list[Interval]) -> Interval:
    low = sum(interval.low for interval in intervals)
    return Interval(low, sum(interval.high for interval in intervals))


def _mean(intervals: list[Interval]) -> Interval:
    total, number = _total(intervals), len(intervals) or 1
    return Interval(round(total.low / number, 4), round(total.high / number, 4))


def _highest(intervals: list[Interval]) -> Interval:
    lows = [interval.low for interval in intervals]
    return Interval(max(lows, default=0), max((i.high for i in intervals), default=0))


_JOINS: Mapping[str, Callable[[list[Interval]], Interval]] = {
    "sum": _total,
    "mean": _mean,
    "highest": _highest,
}
KINDS = (*_JOINS, *ROW_KINDS, "age")


def _age(link_id: str) -> Count:
    def count(facts: Facts, as_of: date) -> Measure:
        born = facts[link_id]
        if born is NOT_ASKED:
            return NOT_ASKED
        if not isinstance(born, date):
            return ANY_COUNT
        years = as_of.year - born.year
        years -= (as_of.month, as_of.day) < (born.month, born.day)
        return Interval(years, years)

    return count
