"""Ranges the wrong way round, doses of nothing, bands with gaps."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from screening.engine.checking.mistake import Mistake
from screening.engine.compiled import Compiled, Ledger
from screening.engine.facts import Interval
from screening.engine.protocol import Item, Medicine, Protocol, Score
from screening.engine.scores import KINDS
from screening.engine.trials import ROW_KINDS

# Scores whose range follows from their parts; ages and counts of rows have no end.
ADDED_UP = set(KINDS) - {*ROW_KINDS, "age"}


def check_numbers(protocol: Protocol) -> Iterator[Mistake]:
    for item in protocol.item.values():
        for each in (item, *item.fields):
            yield from _check_range(each)
    unanswered = Ledger(Compiled(protocol), date.min)
    for score in protocol.score_list:
        if score.kind in ADDED_UP:
            yield from _check_reach(score, unanswered[score.code])
        yield from _check_bands(score)
    for medicine in protocol.medicine_list:
        yield from _check_doses(medicine)


def _check_range(item: Item) -> Iterator[Mistake]:
    low = 0 if item.minimum is None else item.minimum
    high = math.inf if item.maximum is None else item.maximum
    if not 0 <= low <= high:
        message = f"no answer lies between {low:g} and {high:g}, or some are below 0"
        yield Mistake(item.link_id, "range", message)
    if item.max_rows < 0 or item.max_rows != int(item.max_rows):
        message = f"a list cannot have {item.max_rows:g} rows at most"
        yield Mistake(item.link_id, "range", message)


def _check_reach(score: Score, reach: object) -> Iterator[Mistake]:
    """Without any answer, a score still lies between its ends, and reaches both."""
    high = math.inf if score.maximum is None else score.maximum
    if isinstance(reach, Interval) and reach != Interval(score.minimum, high):
        message = f"its parts reach from {reach.low:g} to {reach.high:g}"
        yield Mistake(score.code, "range", message)


def _check_bands(score: Score) -> Iterator[Mistake]:
    """A mean has values between whole numbers, so its bands touch each other."""
    step = 0 if score.kind == "mean" else 1
    ends = [score.minimum - step, *(band.high for band in score.bands)]
    last = math.inf if score.maximum is None else score.maximum
    starts = [*(band.low for band in score.bands), last + step]
    meet = [end + step for end in ends] == starts
    if score.bands and not (meet and ends == sorted(ends)):
        message = "its bands leave a gap, overlap, or miss an end of its range"
        yield Mistake(score.code, "bands", message)


def _check_doses(medicine: Medicine) -> Iterator[Mistake]:
    doses = [dose for _, dose in medicine.diazepam_10mg]
    if medicine.minimum_mg is not None:
        doses.append(medicine.minimum_mg)
    if any(dose <= 0 for dose in doses):
        yield Mistake(medicine.name, "range", "a dose must be more than nothing")
