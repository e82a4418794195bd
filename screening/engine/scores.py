"""Scores as intervals: each unanswered part gives its lowest and its highest value."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date

from screening.engine.clauses import Test, compile_rule
from screening.engine.facts import (
    ANY_COUNT,
    NOT_ASKED,
    Facts,
    Interval,
    State,
)
from screening.engine.medicines import Formulary
from screening.engine.protocol import NOT_APPLICABLE, Item, Part, Protocol, Score
from screening.engine.trials import ROW_KINDS
from screening.engine.truth import FALSE, TRUE, UNKNOWN

Measure = Interval | State
Count = Callable[[Facts, date], Measure]


def compile_score(score: Score, protocol: Protocol, formulary: Formulary) -> Count:
    """Return the function that works a score out of facts, on a date."""
    if score.kind == "age":
        return _age(score.parts[0].item)
    if score.kind in ROW_KINDS:
        return ROW_KINDS[score.kind](score, formulary)
    if score.kind == "sum" and all(part.item for part in score.parts):
        return _instrument(score, protocol)
    return _join(score, protocol)


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


def comes_whole(score: Score, protocol: Protocol) -> bool:
    """Tell whether a score can only ever be a whole number."""
    if score.kind in ROW_KINDS or score.kind == "age":
        return score.kind != "diazepam-mg"
    return score.kind != "mean" and all(_adds_whole(p, protocol) for p in score.parts)


def _adds_whole(part: Part, protocol: Protocol) -> bool:
    if part.rule:
        return True
    if part.score:
        ends_whole = part.at_most is None or float(part.at_most).is_integer()
        return ends_whole and comes_whole(protocol.score[part.score], protocol)
    item = protocol.item[part.item]
    worth = [o.score for o in item.options if o.score is not None]
    return item.type != "decimal" and all(float(one).is_integer() for one in worth)


# The lowest and the highest value of a part; None when it does not apply.
Ends = tuple[float, float]
_Part = Callable[[Facts], Ends | State | None]
NOTHING: Ends = (0, 0)
# A whole number that can take few values is looked up like an option.
FEW = 100
_EXACTLY: dict[float, Interval] = {
    number: Interval(number, number) for number in range(FEW)
}


def _instrument(score: Score, protocol: Protocol) -> Count:
    """Add up items in one go; an answer that is out of the ordinary goes the long way.

    Out of the ordinary: closed, does not apply, or a number with a fraction.
    """
    items = [protocol.item[part.item] for part in score.parts]
    parts = [(i.link_id, _points(i) | {None: _range(i)}) for i in items]
    the_long_way = _join(score, protocol)

    def count(facts: Facts, as_of: date) -> Measure:
        low: float = 0
        high: float = 0
        try:
            for link_id, points in parts:
                lowest, highest = points[facts[link_id]]
                low += lowest
                high += highest
        except (KeyError, TypeError):
            return the_long_way(facts, as_of)
        if low == high and low in _EXACTLY:
            return _EXACTLY[low]
        return Interval(low, high)

    return count


def _join(score: Score, protocol: Protocol) -> Count:
    closed = NOTHING if score.closed_parts_count_zero else NOT_ASKED
    parts = [_part(part, protocol, closed) for part in score.parts]
    asked = [question for part in score.parts for question in questions(part)]
    join = _JOINS[score.kind]

    def count(facts: Facts, as_of: date) -> Measure:
        found = [part(facts) for part in parts]
        if NOT_ASKED in found or all(facts[name] is NOT_ASKED for name in asked):
            return NOT_ASKED
        ends = [each for each in found if isinstance(each, tuple)]
        # What applies to nobody has no mean and no highest; it is not a zero.
        return Interval(*join(ends)) if ends else NOT_ASKED

    return count


def _part(part: Part, protocol: Protocol, closed: Ends | State) -> _Part:
    if part.rule:
        return _counting(compile_rule(part.rule))
    if part.score:
        return _other(part.score, math.inf if part.at_most is None else part.at_most)
    return _item(protocol.item[part.item], closed)


def _counting(test: Test) -> _Part:
    ends = {TRUE: (1, 1), FALSE: NOTHING, UNKNOWN: (0, 1)}
    return lambda facts: ends[test(facts)]


def _other(code: str, ceiling: float) -> _Part:
    def part(facts: Facts) -> Ends:
        measure = facts[code]
        if not isinstance(measure, Interval):
            return NOTHING
        return min(measure.low, ceiling), min(measure.high, ceiling)

    return part


def _item(item: Item, closed: Ends | State) -> _Part:
    points, unknown = _points(item), _range(item)

    def part(facts: Facts) -> Ends | State | None:
        fact = facts[item.link_id]
        if fact is NOT_ASKED:
            return closed
        if isinstance(fact, str):
            return None if fact == NOT_APPLICABLE else points.get(fact, unknown)
        if isinstance(fact, int | float) and not isinstance(fact, bool):
            return fact, fact
        return unknown

    return part


def _points(item: Item) -> dict[object, Ends]:
    """Return what each answer is worth, by its code and never by displayed text."""
    if item.type == "integer" and item.maximum is not None and item.maximum <= FEW:
        low = 0 if item.minimum is None else item.minimum
        return {n: (n, n) for n in range(math.ceil(low), math.floor(item.maximum) + 1)}
    scores = {option.code: option.score for option in item.options}
    return {code: (s, s) for code, s in scores.items() if s is not None}


def _range(item: Item) -> Ends:
    if scores := [o.score for o in item.options if o.score is not None]:
        return min(scores), max(scores)
    low = 0 if item.minimum is None else item.minimum
    return low, math.inf if item.maximum is None else item.maximum


def _total(ends: list[Ends]) -> Ends:
    return sum(low for low, _ in ends), sum(high for _, high in ends)


def _mean(ends: list[Ends]) -> Ends:
    (low, high), number = _total(ends), len(ends)
    return round(low / number, 4), round(high / number, 4)


def _highest(ends: list[Ends]) -> Ends:
    return max(low for low, _ in ends), max(high for _, high in ends)


_JOINS: Mapping[str, Callable[[list[Ends]], Ends]] = {
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
