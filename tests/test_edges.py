"""Every number an indication turns on, from both sides of it."""

from __future__ import annotations

import pytest

from tests.worked_answers import (
    AFTER_A_LOSS,
    AFTER_BIRTH,
    BOTH,
    MIGRAINE,
    MOOD,
    PAIN,
    SERTRALINE,
    Edge,
    assert_edge,
    family,
    gad7,
    pcptsd5,
    peg,
    phq9,
    second,
    trial,
    tried,
    widespread,
)

NOBODY_SAID = {"mood-dx": ["none"]}
SWINGS = {"mood-course": "swings"}
NOT_A_FIRST_REACTION = [
    {"mood-trigger": "birth"},
    {"mood-trigger": "trauma"},
    {"mood-course": "several-spells"},
    {"mood-duration": "6-months-to-2-years"},
]
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
TWO_FAILED = family(medicines="no-help", physical="little-help")
INTERFERENCE = [
    (peg(9, 6, 6), peg(8, 6, 6)),
    (peg(0, 7, 0), peg(0, 6, 0)),
    (peg(0, 0, 7), peg(0, 0, 6)),
]

MOOD_EDGES = [
    Edge("trd-presence", MOOD, phq9(10), phq9(9), NOBODY_SAID),
    Edge("trd-presence", BOTH, phq9(16, phq2=3), phq9(16, phq2=2), NOBODY_SAID),
    Edge("trd-severity", MOOD, phq9(15), phq9(14)),
    *(
        Edge(code, MOOD, {"func-home": 7}, {"func-home": 6}, phq9(12))
        for code in ("trd-severity", "bp-severity", "ppd-severity", "ptsd-severity")
    ),
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
    Edge("x-mild", MOOD, {}, {"phq9-difficulty": "extremely-difficult"}, phq9(8)),
    *(
        Edge(code, MOOD, {}, change, AFTER_A_LOSS)
        for code in ("x-situational", "x-situational-anxiety")
        for change in NOT_A_FIRST_REACTION
    ),
    Edge("x-situational", MOOD, phq9(19), phq9(20), AFTER_A_LOSS),
    Edge("x-situational-anxiety", MOOD, phq9(19), phq9(20), AFTER_A_LOSS),
    Edge("x-mood-swings", MOOD, phq9(9), phq9(10), SWINGS),
    Edge("x-mood-swings", MOOD, {}, BIPOLAR, phq9(8) | SWINGS),
    Edge("x-mood-swings", MOOD, SWINGS, {}, phq9(8)),
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
    *(
        Edge(code, PAIN, family(blocks="little-help"), without)
        for code in ("np-failure", "crps-failure")
        for without in (family(), family(blocks="no-help", injections="controls"))
    ),
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
    Edge("bn-failure", PAIN, TWO_FAILED, TWO_FAILED | {"pt-other": "controls"}, BACK),
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
    *(
        Edge(code, PAIN, holds, fails)
        for code in ("fm-debilitating", "msk-debilitating")
        for holds, fails in INTERFERENCE
    ),
    Edge("msk-chronic", PAIN, LONGER, SHORT),
    *(
        Edge(code, PAIN, family(physical="little-help"), without)
        for code in ("fm-failure", "msk-failure")
        for without in (family(), TWO_FAILED | {"pt-other": "controls"})
    ),
]


@pytest.mark.parametrize("edge", [*MOOD_EDGES, *PAIN_EDGES], ids=str)
def test_a_criterion_is_met_at_its_edge_and_not_one_step_before(edge: Edge) -> None:
    assert_edge(edge)
