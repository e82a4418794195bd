"""Where any of several answers raises a safety finding, each is enough alone."""

from __future__ import annotations

import pytest

from tests.worked_answers import (
    BASE,
    DECLINED,
    MOOD,
    PAIN,
    SIGNS_OF_MANIA,
    WOMAN,
    Ways,
    assert_each_way_is_enough,
    choices,
    ticks,
    unsaid,
)

HEART = ("heart-attack", "angina", "heart-failure", "heart-rhythm", "heart-valve")
NO_PAIN_KIND = {"pain-kinds": ["other"], "pain-dx": ["none"]}

SAFETY_WAYS = [
    Ways("u-not-safe", BASE, {}, choices("safe-now", "no", "hurt")),
    Ways(
        "u-asq-positive",
        BASE,
        {},
        [{f"asq-{n}": "yes", "asq-5": "no"} for n in range(1, 5)],
    ),
    Ways(
        "u-declined",
        MOOD,
        {},
        [{f"asq-{n}": DECLINED} for n in range(1, 5)]
        + [{"phq9-9": DECLINED}, {"safe-now": DECLINED}],
    ),
    Ways("s-aneurysm-avm", BASE, {}, ticks("heart-vessels", "aneurysm", "avm")),
    Ways(
        "s-heart-unstable",
        BASE,
        {"heart-recent": "yes"},
        ticks("heart-vessels", *HEART, "stroke-tia"),
    ),
    Ways(
        "s-psychosis",
        BASE,
        {},
        ticks("mind-conditions", "psychosis-now", "schizophrenia"),
    ),
    Ways("s-pregnant", BASE, WOMAN, ticks("pregnancy", "pregnant", "trying")),
    Ways("c-unsure-heart", BASE, {}, unsaid("heart-vessels")),
    Ways("c-unsure-brain", BASE, {}, unsaid("brain-eyes")),
    Ways("c-unsure-mind", BASE, {}, unsaid("mind-conditions")),
    Ways("c-unsure-organs", BASE, {}, unsaid("organ-conditions")),
    Ways("c-unsure-reactions", BASE, {}, unsaid("reactions")),
    Ways("c-unsure-pregnant", BASE, WOMAN, unsaid("pregnancy")),
    Ways(
        "c-heart-history",
        BASE,
        {"heart-vessels": ["angina"], "heart-recent": "yes"},
        [*choices("heart-recent", "no"), *unsaid("heart-recent")],
    ),
    Ways(
        "c-bipolar-suspected",
        MOOD,
        {"high-ever": "no"},
        [
            {"high-ever": "yes"},
            *({"high-ever": "yes", **way} for way in unsaid("mood-dx")),
            {"mania-signs": list(SIGNS_OF_MANIA)},
            *(
                {"mania-signs": list(SIGNS_OF_MANIA), **way}
                for way in unsaid("mood-dx")
            ),
        ],
    ),
    Ways(
        "c-alcohol",
        BASE,
        {"auditc-1": "2-to-3-a-week", "auditc-2": "1-or-2", "auditc-3": "never"},
        [WOMAN, {"sex-at-birth": "other"}, {"sex-at-birth": DECLINED}],
    ),
    Ways(
        "c-drug-use",
        BASE,
        {},
        [
            {"drug-use": 1},
            {"drug-use": DECLINED},
            {"med-street": "yes"},
            {"med-street": DECLINED},
        ],
    ),
    Ways(
        "c-ketamine-misuse",
        BASE,
        {},
        ticks("substance-history", "ketamine-past-year", "ketamine-before"),
    ),
    Ways(
        "c-substance-treatment",
        BASE,
        {},
        [
            *ticks("substance-history", "treatment-now", "treatment-past"),
            {"substance-history": DECLINED},
        ],
    ),
    Ways("c-airway-lung", BASE, {}, ticks("organ-conditions", "sleep-apnoea", "lung")),
    Ways("c-brain", BASE, {}, ticks("brain-eyes", "tumour", "head-injury")),
    Ways("c-eye", BASE, {}, ticks("brain-eyes", "glaucoma", "eye-injury")),
    Ways(
        "c-memory-capacity",
        BASE,
        {"who-answers": "helped"},
        [*ticks("brain-eyes", "memory"), {"who-answers": "on-behalf"}],
    ),
    Ways("c-bad-reaction", BASE, {}, ticks("reactions", "anaesthetic", "psychedelic")),
    Ways(
        "c-untried-back-neck",
        PAIN,
        NO_PAIN_KIND | {"pt-blocks": "not-tried"},
        [*ticks("pain-kinds", "back-neck"), *ticks("pain-dx", "spine")],
    ),
    Ways(
        "c-open-diagnosis",
        PAIN,
        NO_PAIN_KIND,
        ticks("pain-dx", "other-neuropathy", "headache-other"),
    ),
    Ways(
        "m-opioid",
        BASE,
        {"medicines": [{"md-name": "tramadol", "md-use": "regular"}]},
        [{f"med-{kind}": "yes"} for kind in ("mind", "heart", "otc", "street")],
    ),
    Ways(
        "m-list-incomplete",
        BASE,
        {"med-street": DECLINED},
        [
            {"medicines-complete": False},
            *({f"med-{kind}": DECLINED} for kind in ("mind", "heart", "otc")),
        ],
    ),
]


@pytest.mark.parametrize("ways", SAFETY_WAYS, ids=lambda ways: ways.code)
def test_each_way_to_a_safety_finding_is_enough_alone(ways: Ways) -> None:
    assert_each_way_is_enough(ways)
