"""What is not known stays unknown, and only as long as it could change the result."""

from __future__ import annotations

import math
from typing import NamedTuple

import pytest

from screening.engine.facts import NOT_ASKED, Interval
from tests.golden import Answers
from tests.worked_answers import (
    BASE,
    BOTH,
    DECLINED,
    MIGRAINE,
    MOOD,
    PAIN,
    SERTRALINE,
    UNKNOWN,
    WOMAN,
    family,
    gad7,
    judge,
    pcptsd5,
    phq9,
    second,
    takes,
    trial,
    tried,
    widespread,
    word,
)


class Case(NamedTuple):
    code: str
    based_on: tuple[str, ...]
    answers: Answers
    word: str


class Bounds(NamedTuple):
    score: str
    based_on: tuple[str, ...]
    answers: Answers
    low: float
    high: float


NOT_COMPLETE = {"medicines-complete": False}
DECLINED_ITEM = {"phq9-8": DECLINED}
NO_ROWS: Answers = {"mood-treatments": []}
BACK = {"pain-kinds": ["back-neck"], "pain-dx": ["none"]}
ALL_OVER_AND_MORE = {"pain-kinds": ["widespread", "asked-unknown"], "pain-dx": ["none"]}
PERHAPS_ALL_OVER = widespread(7, 9) | {"pain-kinds": ["nerve", "asked-unknown"]}
NO_DOSE = trial("sertraline", UNKNOWN)
FIRST_SIGNS = ["less-sleep", "energy"]
FOUR_FAILED = tried(
    SERTRALINE,
    trial("venlafaxine"),
    trial("mirtazapine"),
    trial("bupropion"),
)

CASES = [
    Case("trd-severity", MOOD, phq9(12) | {"func-work": DECLINED}, "unknown"),
    Case("trd-severity", MOOD, phq9(15) | {"func-work": DECLINED}, "met"),
    Case("trd-severity", MOOD, phq9(12) | {"small-tasks": DECLINED}, "unknown"),
    Case("trd-severity", MOOD, phq9(12) | {"func-work": "not-applicable"}, "not-met"),
    Case("trd-failure", MOOD, second("venlafaxine", UNKNOWN), "unknown"),
    Case("trd-failure", MOOD, second("venlafaxine", 150, UNKNOWN), "unknown"),
    Case("trd-failure", MOOD, second("venlafaxine", 150, 8, UNKNOWN), "unknown"),
    Case("trd-failure", MOOD, second("venlafaxine", UNKNOWN, 5), "not-met"),
    Case("trd-failure", MOOD, second("zzz"), "unknown"),
    Case("trd-failure", MOOD, NO_ROWS, "unknown"),
    Case("trd-failure", MOOD, {"mood-meds-tried": DECLINED}, "unknown"),
    Case("trd-failure", MOOD, {"mood-meds-tried": "no"}, "not-met"),
    Case("trd-not-bipolar", MOOD, {"mood-dx": UNKNOWN}, "unknown"),
    Case("x-mild", MOOD, phq9(6) | DECLINED_ITEM, "met"),
    Case("x-mild", MOOD, phq9(7) | DECLINED_ITEM, "unknown"),
    Case("x-mild", MOOD, phq9(10) | DECLINED_ITEM, "not-met"),
    Case("anx-severity", MOOD, gad7(14) | {"gad7-7": DECLINED}, "unknown"),
    Case("anx-severity", MOOD, gad7(15) | {"gad7-7": DECLINED}, "met"),
    Case("anx-severity", MOOD, gad7(11) | {"gad7-7": DECLINED}, "not-met"),
    Case("ptsd-presence", MOOD, pcptsd5(2) | {"pcptsd5-5": DECLINED}, "unknown"),
    Case("ptsd-presence", MOOD, pcptsd5(3) | {"pcptsd5-5": DECLINED}, "met"),
    Case("ptsd-presence", MOOD, pcptsd5(5) | {"pcptsd5-gate": "no"}, "not-met"),
    Case("mig-severity", MIGRAINE, {"migraine-days": UNKNOWN}, "unknown"),
    Case("mig-failure", MIGRAINE, {"migraine-preventives": DECLINED}, "unknown"),
    Case("mig-presence", MIGRAINE, {"help-with": ["other"]}, "not-asked"),
    Case("np-severity", PAIN, {"peg-1": DECLINED}, "met"),
    Case("np-severity", PAIN, {"peg-1": DECLINED, "peg-2": 3, "peg-3": 3}, "unknown"),
    Case("np-severity", PAIN, {"peg-1": DECLINED, "peg-2": 1, "peg-3": 0}, "not-met"),
    Case("np-failure", PAIN, family(blocks="no-help", medicines="controls"), "not-met"),
    Case("np-failure", PAIN, {"pt-medicines": UNKNOWN}, "unknown"),
    Case("bn-failure", PAIN, BACK | {"pt-blocks": UNKNOWN}, "unknown"),
    Case("fm-presence", PAIN, ALL_OVER_AND_MORE, "not-met"),
    Case("fm-presence", PAIN, PERHAPS_ALL_OVER, "unknown"),
    Case("p-mania-now", BASE, {"mania-signs": DECLINED}, "unknown"),
    Case(
        "p-mania-now",
        BASE,
        {"mania-signs": [*FIRST_SIGNS, "asked-unknown"]},
        "unknown",
    ),
    Case(
        "p-mania-now",
        BASE,
        {"mania-signs": [*FIRST_SIGNS, "risks", "asked-unknown"]},
        "met",
    ),
    Case(
        "s-pregnant",
        BASE,
        WOMAN | {"pregnancy": ["birth-12m", "asked-unknown"]},
        "unknown",
    ),
    Case("s-pregnant", BASE, {"pregnancy": ["pregnant"]}, "not-asked"),
    Case("c-alcohol", BASE, {"auditc-1": DECLINED}, "unknown"),
    Case("c-alcohol", BASE, {"auditc-1": "never", "auditc-3": "weekly"}, "not-met"),
    Case("u-asq-now", BASE, {"asq-5": "yes"}, "not-asked"),
    Case("u-asq-now", BASE, {"asq-1": "yes"}, "unknown"),
    Case("s-heart-unstable", BASE, {"heart-recent": "yes"}, "not-asked"),
    Case("m-benzodiazepine-high", BASE, takes(("diazepam", UNKNOWN)), "unknown"),
    Case(
        "m-benzodiazepine-high",
        BASE,
        takes(("diazepam", UNKNOWN), ("lorazepam", 1)),
        "met",
    ),
    Case(
        "m-benzodiazepine-high",
        BASE,
        takes(("diazepam", 5)) | NOT_COMPLETE,
        "unknown",
    ),
    Case(
        "m-benzodiazepine-high",
        BASE,
        takes(("diazepam", 10), ("zzz", 5)),
        "met",
    ),
    Case("m-benzodiazepine-high", BASE, takes(("zzz", 5)), "unknown"),
    Case("m-benzodiazepine-high", BASE, NOT_COMPLETE, "not-asked"),
    Case("m-opioid", BASE, takes(("diazepam", 5)), "not-met"),
    Case("m-opioid", BASE, takes(("diazepam", 5)) | NOT_COMPLETE, "unknown"),
    Case("m-opioid", BASE, takes(("diazepam", 5), ("zzz", 5)), "unknown"),
    Case("m-not-in-table", BASE, takes(("diazepam", 5)), "not-met"),
]

BOUNDS = [
    Bounds("phq9-total", MOOD, phq9(18), 18, 18),
    Bounds("phq9-total", MOOD, phq9(18) | DECLINED_ITEM, 18, 21),
    Bounds("phq2-total", PAIN, {"phq9-1": DECLINED, "phq9-2": "several-days"}, 1, 4),
    Bounds("gad7-total", MOOD, gad7(14) | {"gad7-7": DECLINED}, 14, 17),
    Bounds("pcptsd5-total", MOOD, {}, 0, 0),
    Bounds("pcptsd5-total", MOOD, {"pcptsd5-gate": DECLINED}, 0, 5),
    Bounds("peg-mean", PAIN, {"peg-1": DECLINED}, 4, 7.3333),
    Bounds("function-worst", BASE, {}, 2, 2),
    Bounds("function-worst", BASE, {"func-work": DECLINED}, 2, 10),
    Bounds("small-tasks-count", BASE, {"small-tasks": DECLINED}, 0, 4),
    Bounds("mania-count", BASE, {"mania-signs": ["racing", "asked-unknown"]}, 1, 7),
    Bounds("auditc-total", BASE, {}, 0, 0),
    Bounds("auditc-total", BASE, {"auditc-1": "2-to-3-a-week"}, 3, 11),
    Bounds("ad-trials-adequate", MOOD, {}, 2, 2),
    Bounds("ad-trials-adequate", MOOD, tried(SERTRALINE, SERTRALINE), 1, 1),
    Bounds("ad-trials-adequate", MOOD, second("venlafaxine", UNKNOWN), 1, 2),
    Bounds("ad-trials-adequate", MOOD, second("zzz"), 1, 2),
    Bounds("ad-trials-adequate", MOOD, NO_ROWS, 0, math.inf),
    Bounds("sri-trials-adequate", MOOD, second("bupropion"), 1, 1),
    Bounds("mood-trials-adequate", MOOD, second("lithium", 600), 2, 2),
    Bounds(
        "ad-intolerances",
        MOOD,
        second("venlafaxine", 150, 3, stopped="side-effects"),
        1,
        1,
    ),
    Bounds(
        "trials-unclear", MOOD, tried(trial("zzz"), trial("sertraline", UNKNOWN)), 2, 2
    ),
    Bounds("ptsd-treatments-failed", MOOD, FOUR_FAILED, 2, 2),
    Bounds("ptsd-treatments-failed", MOOD, {**FOUR_FAILED, "therapy": "no-help"}, 3, 3),
    Bounds("ocd-treatments-failed", MOOD, {"therapy": DECLINED}, 2, 3),
    Bounds(
        "migraine-preventives-failed",
        MIGRAINE,
        {"migraine-preventives": ["botox", "asked-unknown"]},
        1,
        8,
    ),
    Bounds("crps-groups", PAIN, {"crps-signs": ["sensory", "sudomotor"]}, 2, 2),
    Bounds("s4-failed", PAIN, family(injections="no-help", blocks="little-help"), 2, 2),
    Bounds("s4-controlling", PAIN, {"pt-blocks": UNKNOWN}, 0, 1),
    Bounds("pain-failed", PAIN, {}, 2, 2),
    Bounds("pain-untried", PAIN, {"pt-blocks": "not-tried"}, 1, 1),
    Bounds("benzo-dze-mg", BASE, takes(("clonazepam", 0.5), ("diazepam", 5)), 15, 15),
    Bounds("benzo-dze-mg", BASE, takes(("alprazolam", UNKNOWN)), 0, math.inf),
    Bounds("benzo-dze-mg", BASE, takes(("sertraline", 50)), 0, 0),
    Bounds("age-years", BASE, {}, 42, 42),
]

CLOSED = [
    ("phq9-total", PAIN),
    ("gad7-total", PAIN),
    ("peg-mean", MOOD),
    ("fm-sss", BOTH),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.word}")
def test_a_finding_is_unknown_only_while_an_answer_could_change_it(case: Case) -> None:
    assert word(case.based_on, case.answers, case.code) == case.word


@pytest.mark.parametrize("bounds", BOUNDS, ids=lambda bounds: bounds.score)
def test_a_score_lies_between_its_lowest_and_its_highest_value(bounds: Bounds) -> None:
    measure = judge(bounds.based_on, bounds.answers).scores[bounds.score]
    assert measure == Interval(bounds.low, bounds.high)


@pytest.mark.parametrize(("score", "based_on"), CLOSED)
def test_a_score_of_questions_closed_for_certain_is_not_asked(
    score: str, based_on: tuple[str, ...]
) -> None:
    assert judge(based_on, {}).scores[score] is NOT_ASKED
