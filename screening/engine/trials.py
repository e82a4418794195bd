"""What the rows of medicines amount to: trials, intolerances, diazepam equivalents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from screening.engine.facts import (
    ANY_COUNT,
    NOT_ASKED,
    ZERO,
    Facts,
    Interval,
    Row,
    State,
)
from screening.engine.medicines import Formulary, Reading
from screening.engine.medicines import State as Read
from screening.engine.protocol import ABSENT, Medicine, Score
from screening.engine.truth import FALSE, TRUE, UNKNOWN, Truth, all_of

Measure = Interval | State
Count = Callable[[Facts, date], Measure]
UNCLEAR = "unclear-rows"
_RowTruth = Callable[[Row, Reading], Truth]


def _trials(score: Score, formulary: Formulary) -> Count:
    """Count distinct drugs with one row that is adequate and did not help.

    Adequate: dose at or above the drug's minimum (mg a day) for `score.weeks` weeks;
    did not help: benefit among `score.benefits`. Stopped early for side effects is an
    intolerance, not a failure: it fails on the weeks.
    """

    def failed(row: Row, reading: Reading) -> Truth:
        return all_of(
            (
                _has_class(reading, score.classes),
                _dose_is_enough(row, reading),
                _at_least(row.get("weeks"), score.weeks),
                _one_of(row.get("benefit"), score.benefits),
            )
        )

    return _distinct(score, formulary, failed)


def _intolerances(score: Score, formulary: Formulary) -> Count:
    def stopped_early(row: Row, reading: Reading) -> Truth:
        return all_of(
            (
                _has_class(reading, score.classes),
                _one_of(row.get("stopped"), ("side-effects",)),
                ~_at_least(row.get("weeks"), score.weeks),
            )
        )

    return _distinct(score, formulary, stopped_early)


def _unclear(score: Score, formulary: Formulary) -> Count:
    def count(facts: Facts, as_of: date) -> Measure:
        rows = facts[score.group]
        if not isinstance(rows, tuple):
            return _without_rows(rows)
        unclear = sum(is_unclear(*each) for each in _readings(rows, formulary))
        return Interval(unclear, unclear)

    return count


def is_unclear(row: Row, reading: Reading) -> bool:
    """Tell whether a trial cannot be judged by its name, dose, weeks or benefit."""
    unsaid = (_unsaid(row.get(role)) for role in ("dose", "weeks", "benefit"))
    return reading.state is not Read.KNOWN or any(unsaid)


def _diazepam(score: Score, formulary: Formulary) -> Count:
    """Add up what is taken every day, as milligrams of diazepam by mouth.

    The equivalents are those of `score.table`; published tables differ by a factor of
    two, so the table's name is shown with the figure.
    """

    def count(facts: Facts, as_of: date) -> Measure:
        rows = facts[score.group]
        if not isinstance(rows, tuple):
            return _without_rows(rows)
        total = ZERO if facts[score.complete] is True else ANY_COUNT
        for row, reading in _readings(rows, formulary):
            total += _equivalent(row, reading, score)
        return Interval(round(total.low, 4), round(total.high, 4))

    return count


def _equivalent(row: Row, reading: Reading, score: Score) -> Interval:
    if (medicine := _known(reading)) is None:
        return ANY_COUNT
    if not set(medicine.classes) & set(score.classes):
        return ZERO
    use, amount = row.get("use"), _in_diazepam(row, medicine, score.table)
    if use == "when-needed":
        return ZERO
    return Interval(amount.low if use == "regular" else 0, amount.high)


def _in_diazepam(row: Row, medicine: Medicine, table: str) -> Interval:
    dose, equal = row.get("dose"), dict(medicine.diazepam_10mg).get(table)
    if equal is None or isinstance(dose, str | None):
        return ANY_COUNT
    return Interval(dose / equal * 10, dose / equal * 10)


def _distinct(score: Score, formulary: Formulary, holds: _RowTruth) -> Count:
    """Count each drug once: surely when a row holds, possibly when one may."""

    def count(facts: Facts, as_of: date) -> Measure:
        rows = facts[score.group]
        if not isinstance(rows, tuple):
            return _without_rows(rows)
        sure, possible = set(), set()
        for number, (row, reading) in enumerate(_readings(rows, formulary)):
            # Two rows without a name may be two drugs.
            drug = _drug(reading) or number
            truth = holds(row, reading)
            if truth is not FALSE:
                possible.add(drug)
            if truth is TRUE:
                sure.add(drug)
        return Interval(len(sure), len(possible))

    return count


def _without_rows(rows: object) -> Measure:
    return NOT_ASKED if rows is NOT_ASKED else ANY_COUNT


def _readings(rows: tuple[Row, ...], table: Formulary) -> Iterator[tuple[Row, Reading]]:
    for row in rows:
        name = row.get("name")
        yield row, table.read("" if _unsaid(name) else str(name))


def _known(reading: Reading) -> Medicine | None:
    return reading.medicine if reading.state is Read.KNOWN else None


def _drug(reading: Reading) -> str:
    known = _known(reading)
    return known.name if known else reading.typed.strip().casefold()


def _has_class(reading: Reading, classes: tuple[str, ...]) -> Truth:
    if (medicine := _known(reading)) is None:
        return UNKNOWN
    return TRUE if set(medicine.classes) & set(classes) else FALSE


def _dose_is_enough(row: Row, reading: Reading) -> Truth:
    known = _known(reading)
    minimum = known.minimum_mg if known else None
    return UNKNOWN if minimum is None else _at_least(row.get("dose"), minimum)


def _at_least(value: object, minimum: float) -> Truth:
    if not isinstance(value, int | float):
        return UNKNOWN
    return TRUE if value >= minimum else FALSE


def _one_of(value: object, wanted: tuple[str, ...]) -> Truth:
    if _unsaid(value):
        return UNKNOWN
    return TRUE if value in wanted else FALSE


def _unsaid(value: object) -> bool:
    return value is None or (isinstance(value, str) and value in ABSENT)


ROW_KINDS: Mapping[str, Callable[[Score, Formulary], Count]] = {
    "adequate-trials": _trials,
    "intolerances": _intolerances,
    UNCLEAR: _unclear,
    "diazepam-mg": _diazepam,
}
