"""Scores that count answers: each thing counted is counted, once, and nothing else."""

from __future__ import annotations

import pytest

from screening.engine.facts import Interval
from tests.worked_answers import BASE, MIGRAINE, MOOD, PAIN, family, judge, ticks

REGIONS = [
    ("shoulder-left", "upper-arm-left", "lower-arm-left"),
    ("shoulder-right", "upper-arm-right", "lower-arm-right"),
    ("hip-left", "upper-leg-left", "lower-leg-left"),
    ("hip-right", "upper-leg-right", "lower-leg-right"),
    ("neck", "upper-back", "lower-back"),
]
IN_NO_REGION = ("jaw-left", "jaw-right", "chest", "abdomen")
PLACES = [*(place for region in REGIONS for place in region), *IN_NO_REGION]
# Kinds of pain treatment: those of S4 (not well controlled), those that can be untried.
KINDS = ("injections", "blocks", "medicines", "physical", "other")
INTERVENTIONS, OPEN = KINDS[:3], KINDS[:4]
PREVENTIVES = (
    "beta-blocker",
    "topiramate",
    "valproate",
    "antidepressant",
    "candesartan",
    "botox",
    "cgrp",
    "other",
)
TICKED = [
    ("small-tasks-count", BASE, "small-tasks", ("out-of-bed", "shower", "dress")),
    ("mania-count", BASE, "mania-signs", ("less-sleep", "energy", "racing", "talking")),
    ("mania-count", BASE, "mania-signs", ("risks", "high-irritable", "others-worried")),
    ("crps-groups", PAIN, "crps-signs", ("sensory", "vasomotor", "sudomotor")),
    ("crps-groups", PAIN, "crps-signs", ("motor-trophic",)),
    ("migraine-preventives-failed", MIGRAINE, "migraine-preventives", PREVENTIVES),
]


def _exactly(
    based_on: tuple[str, ...], answers: dict[str, object], score: str
) -> float:
    measure = judge(based_on, answers).scores[score]
    assert isinstance(measure, Interval)
    assert measure.value is not None
    return measure.value


@pytest.mark.parametrize("place", PLACES)
def test_a_painful_place_counts_once_and_in_its_region(place: str) -> None:
    answers = {"fm-areas": [place]}
    assert _exactly(PAIN, answers, "fm-wpi") == 1
    assert _exactly(PAIN, answers, "fm-regions") == (place not in IN_NO_REGION)


@pytest.mark.parametrize("region", REGIONS)
def test_places_of_one_region_are_one_region(region: tuple[str, ...]) -> None:
    assert _exactly(PAIN, {"fm-areas": list(region)}, "fm-regions") == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_pain_treatment_counts_where_it_belongs(kind: str) -> None:
    for answer in ("no-help", "little-help"):
        answers = family(**{kind: answer})
        assert _exactly(PAIN, answers, "pain-failed") == 1
        assert _exactly(PAIN, answers, "s4-failed") == (kind in INTERVENTIONS)
    controls = family(**{kind: "controls"})
    assert _exactly(PAIN, controls, "pain-controlling") == 1
    assert _exactly(PAIN, controls, "s4-controlling") == (kind in INTERVENTIONS)
    untried = family(**{kind: "not-tried"})
    assert _exactly(PAIN, untried, "pain-untried") == (kind in OPEN)


def test_a_treatment_that_is_not_right_for_me_counts_nowhere() -> None:
    for score in ("pain-failed", "pain-controlling", "pain-untried", "s4-failed"):
        assert _exactly(PAIN, family(), score) == 0


@pytest.mark.parametrize(("score", "based_on", "link_id", "codes"), TICKED)
def test_each_tick_counts_one(
    score: str, based_on: tuple[str, ...], link_id: str, codes: tuple[str, ...]
) -> None:
    assert _exactly(based_on, {link_id: ["none"]}, score) == 0
    for tick in ticks(link_id, *codes):
        assert _exactly(based_on, tick, score) == 1
    assert _exactly(based_on, {link_id: list(codes)}, score) == len(codes)


@pytest.mark.parametrize("care", ["therapy", "hospital-mood", "ect", "tms"])
def test_care_that_did_not_help_counts_as_a_treatment_that_failed(care: str) -> None:
    none = {"mood-meds-tried": "no"}
    assert _exactly(MOOD, none, "ptsd-treatments-failed") == 0
    failed = none | {care: "no-help"}
    assert _exactly(MOOD, failed, "ptsd-treatments-failed") == 1
    assert _exactly(MOOD, failed, "ocd-treatments-failed") == (care == "therapy")
