"""Golden patients: worked answers, and what a clinician expects to follow from them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from screening.engine.document import build, read_directory
from screening.engine.evaluation import Result, evaluate
from screening.engine.protocol import Protocol

ROOT = Path(__file__).resolve().parents[1]
KETAMINE = ROOT / "screening" / "protocols" / "ketamine"
VIGNETTES = ROOT / "tests" / "vignettes"
AS_OF = date(2026, 11, 23)
FREQUENCY = (
    "not-at-all",
    "several-days",
    "more-than-half-the-days",
    "nearly-every-day",
)

Answers = dict[str, Any]


@dataclass(frozen=True)
class Expected:
    """What follows: whatever is not named here is not met."""

    outcome: str
    priority: str
    met: frozenset[str]
    unknown: frozenset[str]
    findings_met: frozenset[str]
    findings_unknown: frozenset[str]


@dataclass(frozen=True)
class Vignette:
    """One worked patient, as a clinician can read and sign it."""

    slug: str
    title: str
    teaches: str
    as_of: date
    answers: Answers
    expected: Expected


@cache
def protocol() -> Protocol:
    return build(read_directory(KETAMINE))


@cache
def result_of(slug: str) -> Result:
    patient = vignette(VIGNETTES / f"{slug}.toml")
    return evaluate(protocol(), patient.answers, patient.as_of)


def vignettes() -> list[Vignette]:
    return [vignette(path) for path in sorted(VIGNETTES.glob("*.toml"))]


def vignette(path: Path) -> Vignette:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    answers = patient(table["based_on"], table.get("fill", {}), table["answers"])
    blank = table.get("left_blank", [])
    return Vignette(
        slug=path.stem,
        title=table["title"],
        teaches=table["teaches"],
        as_of=table["as_of"],
        answers={key: answers[key] for key in answers if key not in blank},
        expected=_expected(table["expected"]),
    )


def patient(
    based_on: Iterable[str], fill: Mapping[str, int], changes: Mapping[str, Any]
) -> Answers:
    """Lay profiles over each other, then the filled totals, then what is different."""
    answers: Answers = {}
    for name in based_on:
        answers |= profile(name)
    answers |= filled(fill, answers | dict(changes))
    return answers | dict(changes)


@cache
def profile(name: str) -> Answers:
    path = VIGNETTES / "profiles" / f"{name}.toml"
    return dict(tomllib.loads(path.read_text(encoding="utf-8"))["answers"])


def filled(fill: Mapping[str, int], stated: Mapping[str, Any]) -> dict[str, str]:
    """Give PHQ-9 and GAD-7 items that add up to the totals, 3 at a time from item 1.

    Item 9 of the PHQ-9 is never filled: it stands as stated and counts in the total.
    """
    points: dict[str, int] = {}
    if "phq9" in fill:
        points |= _phq9(fill, FREQUENCY.index(stated.get("phq9-9", FREQUENCY[0])))
    if "gad7" in fill:
        points |= _numbered("gad7", _spread(fill["gad7"], 7))
    return {link_id: FREQUENCY[value] for link_id, value in points.items()}


def _phq9(fill: Mapping[str, int], ninth: int) -> dict[str, int]:
    rest = fill["phq9"] - ninth
    if "phq2" not in fill:
        return _numbered("phq9", _spread(rest, 8))
    first = _spread(fill["phq2"], 2)
    return _numbered("phq9", first + _spread(rest - fill["phq2"], 6))


def _numbered(instrument: str, points: list[int]) -> dict[str, int]:
    return {f"{instrument}-{n}": value for n, value in enumerate(points, 1)}


def _spread(total: int, items: int) -> list[int]:
    points = [min(3, max(0, total - 3 * item)) for item in range(items)]
    if sum(points) != total:
        raise ValueError(f"{items} items cannot add up to {total}")
    return points


def _expected(table: Mapping[str, Any]) -> Expected:
    return Expected(
        outcome=table["outcome"],
        priority=table["priority"],
        met=frozenset(table["met"]),
        unknown=frozenset(table["unknown"]),
        findings_met=frozenset(table["findings_met"]),
        findings_unknown=frozenset(table["findings_unknown"]),
    )
