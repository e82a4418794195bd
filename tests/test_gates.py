"""Which answers open a question, and which keep it shut."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tests.golden import Answers, protocol
from tests.worked_answers import (
    BASE,
    BOTH,
    DECLINED,
    MIGRAINE,
    MOOD,
    PAIN,
    UNKNOWN,
    WOMAN,
    choices,
    judge,
    phq9,
    ticks,
)


class Gate(NamedTuple):
    """Each of `opens` opens the questions; none of `shuts` does."""

    link_ids: tuple[str, ...]
    based_on: tuple[str, ...]
    opens: list[Answers]
    shuts: list[Answers]


MINOR, ADULT = {"birth-date": "2008-11-24"}, {"birth-date": "2008-11-23"}
ASKED_OF_MINORS = {"start", "help", "about-you", "safe", "software"}
WANTED = {"help-with": ["mood", "pain", "migraine"]}
WANTED_LATER = {"help-with": ["mood", "migraine"], "pain-also": "yes"}
OF_MOOD = ("phq9-3", "phq9-9", "gad7-1", "mood-dx", "ocd-hours", "pcptsd5-gate")
MORE_OF_MOOD = ("trauma-types", "mood-meds-tried", "therapy", "therapist")
OF_PAIN = ("pain-kinds", "pain-duration", "fm-areas", "peg-1", "pt-blocks", "pt-note")
SYMPTOMS = ("fm-fatigue", "fm-unrefreshed", "fm-thinking", "fm-somatic")
NO_PAIN_KIND = {"pain-kinds": ["other"], "pain-dx": ["none"]}
POSITIVE = [{f"asq-{n}": answer} for n in range(1, 5) for answer in ("yes", DECLINED)]

GATES = [
    Gate(
        (*OF_MOOD, *MORE_OF_MOOD),
        BOTH,
        [phq9(16, phq2=3), {"help-with": ["mood", "pain"]}],
        [phq9(16, phq2=2), {"phq9-1": DECLINED, "phq9-2": DECLINED}],
    ),
    Gate(
        OF_PAIN,
        MOOD,
        [{"pain-also": "yes"}, {"help-with": ["mood", "pain"]}],
        [{"pain-also": "no"}],
    ),
    Gate(("pain-also",), MOOD, [{}], ticks("help-with", "pain")),
    Gate(
        ("migraine-told", "migraine-days", "migraine-preventives"),
        MIGRAINE,
        ticks("help-with", "migraine"),
        ticks("help-with", "mood", "pain", "other"),
    ),
    Gate(
        ("help-other",), BASE, ticks("help-with", "other"), ticks("help-with", "mood")
    ),
    Gate(("email",), BASE, ticks("contact-ok", "email"), ticks("contact-ok", "call")),
    Gate(
        ("pregnancy",),
        BASE,
        [WOMAN, {"sex-at-birth": "other"}, {"sex-at-birth": DECLINED}],
        choices("sex-at-birth", "male"),
    ),
    Gate(("pregnancy",), BASE, [WOMAN | ADULT], [WOMAN | MINOR]),
    Gate(
        ("ppd-onset",),
        MOOD,
        [WOMAN | {"pregnancy": ["birth-12m", "breastfeeding"]}],
        [WOMAN, WOMAN | {"pregnancy": DECLINED}, {"pregnancy": ["birth-12m"]}],
    ),
    Gate(
        ("high-ever",),
        MOOD,
        [{}, {"mood-dx": UNKNOWN}, {"mood-dx": DECLINED}],
        ticks("mood-dx", "bipolar"),
    ),
    Gate(("asq-5",), BASE, POSITIVE, [{}]),
    Gate(
        ("asq-4-when",),
        BASE,
        choices("asq-4", "yes"),
        [{"asq-4": DECLINED}, {"asq-1": "yes"}],
    ),
    Gate(
        ("gad7-3", "gad7-7"),
        MOOD,
        choices("gad7-1", "more-than-half-the-days"),
        choices("gad7-1", "several-days"),
    ),
    Gate(
        ("pcptsd5-1", "pcptsd5-5"),
        MOOD,
        choices("pcptsd5-gate", "yes"),
        [{"pcptsd5-gate": "no"}, {"pcptsd5-gate": DECLINED}],
    ),
    Gate(
        ("crps-signs",),
        PAIN,
        [NO_PAIN_KIND | way for way in ticks("pain-dx", "crps")]
        + [NO_PAIN_KIND | way for way in ticks("pain-kinds", "nerve")],
        [NO_PAIN_KIND],
    ),
    Gate(
        SYMPTOMS,
        PAIN,
        [NO_PAIN_KIND | way for way in ticks("pain-dx", "fibromyalgia")]
        + [NO_PAIN_KIND | way for way in ticks("pain-kinds", "widespread")],
        [NO_PAIN_KIND],
    ),
    Gate(
        ("pain-dx-which",),
        PAIN,
        ticks("pain-dx", "other-neuropathy", "headache-other", "other-msk"),
        ticks("pain-dx", "arthritis", "none"),
    ),
    Gate(
        ("medicines",),
        BASE,
        [{f"med-{kind}": "yes"} for kind in ("mind", "heart", "otc", "street")],
        [{}, {"med-street": DECLINED}],
    ),
    Gate(
        ("auditc-2", "auditc-3"),
        BASE,
        choices("auditc-1", "monthly-or-less"),
        [{"auditc-1": "never"}, {"auditc-1": DECLINED}],
    ),
    Gate(
        ("heart-recent",),
        BASE,
        ticks("heart-vessels", "angina", "stroke-tia"),
        [{"heart-vessels": ["aneurysm", "hbp-treated"]}, {"heart-vessels": UNKNOWN}],
    ),
    Gate(("escort-contact",), BASE, [{"escort": "yes"}], [{"escort": "nobody"}]),
]


def _sections(answers: Answers) -> set[str]:
    opened = {
        link_id
        for wanted in (WANTED, WANTED_LATER)
        for link_id in judge((*BOTH, "migraine"), wanted | answers).journey.open
    }
    return {protocol().page_of[link_id].section for link_id in opened}


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.link_ids[0])
def test_a_question_opens_for_the_right_answers_only(gate: Gate) -> None:
    for answers in gate.opens:
        opened = judge(gate.based_on, answers).journey.open
        assert set(gate.link_ids) <= set(opened), answers
    for answers in gate.shuts:
        opened = judge(gate.based_on, answers).journey.open
        assert not set(gate.link_ids) & set(opened), answers


def test_a_minor_is_asked_about_contact_and_safety_only() -> None:
    assert _sections(MINOR) <= ASKED_OF_MINORS
    assert judge(BASE, MINOR).journey.open.keys() >= {"asq-1", "adult-contact"}
    every = {section.code for section in protocol().sections}
    assert _sections(ADULT) | {"software"} == every
    assert "adult-contact" not in judge(BASE, ADULT).journey.open


def test_a_minor_who_asks_to_be_called_is_called() -> None:
    assert str(judge(BASE, MINOR | {"call-me": "yes"}).priority) == "now"
