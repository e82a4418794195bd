"""Where any of several answers supports an indication, each is enough alone."""

from __future__ import annotations

import pytest

from tests.golden import Answers
from tests.worked_answers import (
    AFTER_A_LOSS,
    AFTER_BIRTH,
    MIGRAINE,
    MOOD,
    PAIN,
    SERTRALINE,
    Ways,
    assert_each_way_is_enough,
    choices,
    pcptsd5,
    phq9,
    second,
    ticks,
    trial,
    tried,
)

DISABLED: list[Answers] = [
    phq9(15),
    {"func-home": 7},
    {"func-work": 10},
    {"func-study": 8},
    {"small-tasks": ["out-of-bed"]},
    {"phq9-difficulty": "extremely-difficult"},
    {"phq9-9": "more-than-half-the-days"},
    {"phq9-9": "nearly-every-day"},
    {"asq-3": "yes", "asq-5": "no"},
]
DID_NOT_HELP: list[Answers] = [
    *choices("ect", "no-help"),
    *choices("tms", "no-help"),
    *choices("hospital-mood", "no-help"),
]
MONTHS = ("3-to-12-months", "1-to-5-years", "over-5-years")
YEARS = ("6-months-to-2-years", "2-to-10-years", "over-10-years")
ONE_DRUG = tried(SERTRALINE)
ONE_SRI_HELPED = tried(SERTRALINE, trial("paroxetine", 20, 10, "a-lot"))
SIGNS_OF_CRPS = ("sensory", "vasomotor", "motor-trophic")
NO_PAIN_KIND = {"pain-kinds": ["other"], "pain-dx": ["none"]}
NERVE_PAIN = (
    "trigeminal-neuralgia",
    "crps",
    "phantom-limb",
    "diabetic-neuropathy",
    "post-herpetic-neuralgia",
    "other-neuropathy",
    "headache-other",
)
TOLD_TRD = {"mood-dx": ["depression", "trd"]}

MOOD_WAYS = [
    Ways(
        "trd-presence",
        MOOD,
        phq9(9) | {"mood-dx": ["none"]},
        [*ticks("mood-dx", "depression", "trd", "post-partum"), phq9(10)],
    ),
    Ways(
        "trd-severity",
        MOOD,
        phq9(10),
        [*DISABLED, {"mood-course": "most-of-life"}],
    ),
    Ways("trd-failure", MOOD, ONE_DRUG, [*DID_NOT_HELP, TOLD_TRD]),
    Ways("bp-severity", MOOD, phq9(10), DISABLED),
    Ways(
        "bp-failure",
        MOOD,
        ONE_DRUG,
        [
            *DID_NOT_HELP,
            TOLD_TRD,
            second("lithium", 600),
            second("quetiapine"),
            second("venlafaxine"),
        ],
    ),
    Ways(
        "ppd-birth",
        MOOD,
        AFTER_BIRTH | {"ppd-onset": "before"},
        choices("ppd-onset", "in-pregnancy", "first-4-weeks", "by-12-months"),
    ),
    Ways("ppd-severity", MOOD, phq9(10), DISABLED),
    Ways("ppd-failure", MOOD, ONE_DRUG, [*DID_NOT_HELP, TOLD_TRD]),
    Ways(
        "anx-presence",
        MOOD,
        {"mood-duration": "2-weeks-to-6-months"},
        [*choices("mood-duration", *YEARS), *ticks("mood-dx", "anxiety")],
    ),
    Ways("anx-failure", MOOD, ONE_DRUG, [*DID_NOT_HELP, TOLD_TRD]),
    Ways("ptsd-severity", MOOD, phq9(10), DISABLED),
    Ways(
        "ptsd-failure",
        MOOD,
        ONE_DRUG,
        [*DID_NOT_HELP, {"therapy": "no-help"}, second("venlafaxine")],
    ),
    Ways(
        "ocd-presence",
        MOOD,
        {"ocd-hours": "under-1-hour"},
        [
            *ticks("mood-dx", "ocd"),
            *choices("ocd-hours", "1-to-3-hours", "3-to-8-hours", "over-8-hours"),
        ],
    ),
    Ways(
        "ocd-severity",
        MOOD,
        {"ocd-hours": "1-to-3-hours"},
        [*choices("ocd-hours", "3-to-8-hours", "over-8-hours"), {"func-home": 7}],
    ),
    Ways(
        "ocd-failure",
        MOOD,
        ONE_SRI_HELPED,
        [{"therapy": "no-help"}, second("clomipramine"), second("fluvoxamine")],
    ),
    *(
        Ways(
            code,
            MOOD,
            AFTER_A_LOSS | {"mood-duration": "6-months-to-2-years"},
            choices("mood-duration", "under-2-weeks", "2-weeks-to-6-months"),
        )
        for code in ("x-situational", "x-situational-anxiety")
    ),
    Ways("ptsd-presence", MOOD, {}, [*ticks("mood-dx", "ptsd"), pcptsd5(3)]),
]

PAIN_WAYS = [
    Ways(
        "np-presence",
        PAIN,
        NO_PAIN_KIND,
        [*ticks("pain-kinds", "nerve"), *ticks("pain-dx", *NERVE_PAIN)],
    ),
    Ways(
        "crps-presence",
        PAIN,
        NO_PAIN_KIND,
        [
            {"pain-dx": ["crps"]},
            {"pain-kinds": ["nerve"], "crps-signs": list(SIGNS_OF_CRPS)},
        ],
    ),
    Ways(
        "bn-presence",
        PAIN,
        NO_PAIN_KIND,
        [*ticks("pain-kinds", "back-neck"), *ticks("pain-dx", "spine")],
    ),
    Ways(
        "msk-presence",
        PAIN,
        NO_PAIN_KIND,
        [
            *ticks("pain-kinds", "joints-muscles"),
            *ticks("pain-dx", "arthritis", "other-msk"),
        ],
    ),
    *(
        Ways(
            f"{code}-chronic",
            PAIN,
            {"pain-duration": "under-3-months"},
            choices("pain-duration", *MONTHS),
        )
        for code in ("bn", "fm", "msk")
    ),
    Ways("mig-presence", MIGRAINE, {"migraine-told": "no"}, [{"migraine-told": "yes"}]),
]


@pytest.mark.parametrize("ways", [*MOOD_WAYS, *PAIN_WAYS], ids=lambda ways: ways.code)
def test_each_way_into_an_indication_is_enough_alone(ways: Ways) -> None:
    assert_each_way_is_enough(ways)
