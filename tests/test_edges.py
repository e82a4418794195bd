"""Every clinical number, from both sides: where it holds and one step before."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.golden import Answers
from tests.worked_answers import (
    AFTER_A_LOSS,
    AFTER_BIRTH,
    BASE,
    BOTH,
    MIGRAINE,
    MOOD,
    PAIN,
    SERTRALINE,
    WOMAN,
    auditc,
    family,
    gad7,
    mania,
    pcptsd5,
    peg,
    phq9,
    second,
    takes,
    trial,
    tried,
    widespread,
    word,
)


@dataclass(frozen=True)
class Edge:
    """The criterion is met with the answers of `holds`, not with those of `fails`."""

    code: str
    based_on: tuple[str, ...]
    holds: Answers
    fails: Answers
    common: Answers = field(default_factory=dict)


NOBODY_SAID = {"mood-dx": ["none"]}
SWINGS = {"mood-course": "swings"}
BIPOLAR = {"mood-dx": ["bipolar"]}
LITHIUM = tried(SERTRALINE, trial("lithium", 600))
LESS_LITHIUM = tried(SERTRALINE, trial("lithium", 599))
TALKED = {"therapy": "no-help", **tried(SERTRALINE)}
BACK = {"pain-kinds": ["back-neck"], "pain-dx": ["none"]}
BURNS = {"pain-kinds": ["nerve"], "pain-dx": ["none"]}
THREE_SIGNS = {"crps-signs": ["sensory", "vasomotor", "sudomotor"]}
TWO_SIGNS = {"crps-signs": ["sensory", "vasomotor"]}
SHORT, LONGER = {"pain-duration": "under-3-months"}, {"pain-duration": "3-to-12-months"}
# Seven places either way; the jaw, the chest and the belly are in no region.
FOUR_REGIONS = ["shoulder-left", "shoulder-right", "hip-left", "neck"]
THREE_REGIONS = ["shoulder-left", "shoulder-right", "hip-left", "chest"]
ELSEWHERE = ["jaw-left", "jaw-right", "abdomen"]

MOOD_EDGES = [
    Edge("trd-presence", MOOD, phq9(10), phq9(9), NOBODY_SAID),
    Edge("trd-presence", BOTH, phq9(16, phq2=3), phq9(16, phq2=2), NOBODY_SAID),
    Edge("trd-severity", MOOD, phq9(15), phq9(14)),
    Edge("trd-severity", MOOD, {"func-home": 7}, {"func-home": 6}, phq9(12)),
    Edge("trd-severity", MOOD, {"func-work": 7}, {"func-work": 6}, phq9(12)),
    Edge("trd-severity", MOOD, {"func-study": 7}, {"func-study": 6}, phq9(12)),
    Edge("trd-severity", MOOD, {"small-tasks": ["teeth"]}, {}, phq9(12)),
    Edge("trd-failure", MOOD, second("venlafaxine", 75), second("venlafaxine", 74)),
    Edge(
        "trd-failure",
        MOOD,
        second("venlafaxine", 150, 6),
        second("venlafaxine", 150, 5),
    ),
    Edge(
        "trd-failure",
        MOOD,
        second("venlafaxine", 150, 6, stopped="side-effects"),
        second("venlafaxine", 150, 5, stopped="side-effects"),
    ),
    Edge(
        "trd-failure",
        MOOD,
        second("venlafaxine", 150, 8, "a-little"),
        second("venlafaxine", 150, 8, "about-half"),
    ),
    Edge("trd-failure", MOOD, second("venlafaxine"), second("Zoloft")),
    Edge("trd-failure", MOOD, second("venlafaxine"), second("quetiapine")),
    Edge("x-mild", MOOD, phq9(9), phq9(10)),
    Edge("x-mild", MOOD, {"func-home": 6}, {"func-home": 7}, phq9(8)),
    Edge("x-mild", MOOD, {}, {"small-tasks": ["shower"]}, phq9(8)),
    Edge("x-situational", MOOD, phq9(19), phq9(20), AFTER_A_LOSS),
    Edge("x-situational-anxiety", MOOD, phq9(19), phq9(20), AFTER_A_LOSS),
    Edge("x-mood-swings", MOOD, phq9(9), phq9(10), SWINGS),
    Edge("bp-depressed-now", MOOD, phq9(10), phq9(9), BIPOLAR),
    Edge("bp-severity", MOOD, phq9(15), phq9(14), BIPOLAR),
    Edge("bp-failure", MOOD, LITHIUM, LESS_LITHIUM, BIPOLAR),
    Edge("ppd-depressed", MOOD, phq9(10), phq9(9), AFTER_BIRTH | NOBODY_SAID),
    Edge("ppd-severity", MOOD, phq9(15), phq9(14), AFTER_BIRTH),
    Edge("anx-severity", MOOD, gad7(15), gad7(14)),
    Edge(
        "anx-severity",
        MOOD,
        {"gad7-1": "more-than-half-the-days", "gad7-2": "several-days"},
        {"gad7-1": "several-days", "gad7-2": "several-days"},
        gad7(21),
    ),
    Edge("ptsd-presence", MOOD, pcptsd5(3), pcptsd5(2), NOBODY_SAID),
    Edge("ptsd-severity", MOOD, phq9(15), phq9(14)),
    Edge("ptsd-failure", MOOD, TALKED, {**TALKED, "therapy": "helped"}),
    Edge("ocd-failure", MOOD, second("venlafaxine"), second("bupropion")),
    Edge("ocd-failure", MOOD, TALKED, {**TALKED, "therapy": "helped"}),
    Edge(
        "ocd-presence",
        MOOD,
        {"ocd-hours": "1-to-3-hours"},
        {"ocd-hours": "under-1-hour"},
    ),
    Edge(
        "ocd-severity",
        MOOD,
        {"ocd-hours": "3-to-8-hours"},
        {"ocd-hours": "1-to-3-hours"},
    ),
    Edge("ocd-severity", MOOD, {"func-work": 7}, {"func-work": 6}),
]

PAIN_EDGES = [
    Edge("mig-severity", MIGRAINE, {"migraine-days": 8}, {"migraine-days": 7}),
    Edge(
        "mig-failure",
        MIGRAINE,
        {"migraine-preventives": ["botox", "cgrp"]},
        {"migraine-preventives": ["botox"]},
    ),
    Edge("np-severity", PAIN, peg(4, 4, 4), peg(4, 4, 3)),
    Edge("np-failure", PAIN, family(blocks="little-help"), family()),
    Edge("crps-presence", PAIN, THREE_SIGNS, TWO_SIGNS, BURNS),
    Edge("crps-severity", PAIN, peg(0, 2, 10), peg(0, 1, 10)),
    Edge("bn-chronic", PAIN, LONGER, SHORT, BACK),
    Edge("bn-severity", PAIN, peg(4, 4, 4), peg(3, 4, 4), BACK),
    Edge(
        "bn-failure",
        PAIN,
        family(medicines="no-help", other="no-help"),
        family(medicines="no-help"),
        BACK,
    ),
    Edge("fm-presence", PAIN, widespread(7, 5), widespread(6, 5)),
    Edge("fm-presence", PAIN, widespread(7, 5), widespread(7, 4)),
    Edge("fm-presence", PAIN, widespread(4, 9), widespread(3, 9)),
    Edge("fm-presence", PAIN, widespread(6, 9), widespread(6, 8)),
    Edge(
        "fm-presence",
        PAIN,
        {"fm-areas": FOUR_REGIONS + ELSEWHERE},
        {"fm-areas": THREE_REGIONS + ELSEWHERE},
        widespread(7, 9),
    ),
    Edge("fm-chronic", PAIN, LONGER, SHORT),
    Edge("fm-debilitating", PAIN, peg(9, 6, 6), peg(8, 6, 6)),
    Edge("fm-debilitating", PAIN, peg(0, 7, 0), peg(0, 6, 0)),
    Edge("msk-chronic", PAIN, LONGER, SHORT),
    Edge("msk-debilitating", PAIN, peg(9, 6, 6), peg(8, 6, 6)),
    Edge("msk-debilitating", PAIN, peg(0, 0, 7), peg(0, 0, 6)),
    Edge("fm-failure", PAIN, family(physical="little-help"), family()),
    Edge("msk-failure", PAIN, family(other="no-help"), family(other="controls")),
]

SAFETY_EDGES = [
    Edge("u-phq9-item9", MOOD, {"phq9-9": "several-days"}, {"phq9-9": "not-at-all"}),
    Edge(
        "s-under-18",
        BASE,
        {"birth-date": "2008-11-24"},
        {"birth-date": "2008-11-23"},
    ),
    Edge(
        "c-over-65",
        BASE,
        {"birth-date": "1960-11-23"},
        {"birth-date": "1960-11-24"},
    ),
    Edge("c-alcohol", BASE, auditc(4), auditc(3)),
    Edge("c-alcohol", BASE, auditc(3), auditc(2), WOMAN),
    Edge("c-alcohol", BASE, auditc(3), auditc(2), {"sex-at-birth": "other"}),
    Edge("c-drug-use", BASE, {"drug-use": 1}, {"drug-use": 0}),
    Edge("p-mania-now", BASE, mania(3), mania(2)),
    Edge("c-bipolar-suspected", MOOD, mania(3), mania(2)),
    Edge(
        "m-benzodiazepine-high",
        BASE,
        takes(("diazepam", 8.1)),
        takes(("diazepam", 8)),
    ),
    Edge(
        "m-benzodiazepine-high",
        BASE,
        takes(("Valium", 5), ("lorazepam", 0.31)),
        takes(("Valium", 5), ("lorazepam", 0.3)),
    ),
    Edge(
        "m-benzodiazepine-high",
        BASE,
        takes(("diazepam", 20)),
        takes(("diazepam", 20), use="when-needed"),
    ),
    Edge(
        "c-untried-back-neck",
        PAIN,
        family(physical="not-tried"),
        family(other="not-tried"),
        BACK,
    ),
]


def _name(edge: Edge) -> str:
    differing = {k: v for k, v in edge.holds.items() if edge.fails.get(k) != v}
    return f"{edge.code}-{'-'.join(differing or edge.fails)}"


@pytest.mark.parametrize("edge", MOOD_EDGES + PAIN_EDGES + SAFETY_EDGES, ids=_name)
def test_a_criterion_is_met_at_its_edge_and_not_one_step_before(edge: Edge) -> None:
    assert word(edge.based_on, edge.common | edge.holds, edge.code) == "met"
    assert word(edge.based_on, edge.common | edge.fails, edge.code) in (
        "not-met",
        "not-asked",
    )
