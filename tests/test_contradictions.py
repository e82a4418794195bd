"""Answers that do not fit together are shown to the clinician, and decide nothing."""

from __future__ import annotations

import pytest

from screening.engine.protocol import Kind
from screening.models import Protocol
from tests import patients
from tests.golden import Answers
from tests.golden import protocol as rules
from tests.views.desk import case_text, clinician
from tests.worked_answers import BASE, MOOD, judge, takes, word

PAIRS: list[tuple[str, tuple[str, ...], Answers, Answers]] = [
    (
        "n-mood-medicine",
        BASE,
        takes(("sertraline", 50)) | {"med-mind": "no", "med-otc": "yes"},
        {"med-mind": "yes"},
    ),
    (
        "n-no-drug-tried",
        MOOD,
        takes(("sertraline", 50)) | {"mood-meds-tried": "no"},
        takes(("ibuprofen", 200)),
    ),
    (
        "n-thoughts",
        MOOD,
        {"phq9-9": "not-at-all", "asq-3": "yes", "asq-5": "no"},
        {"phq9-9": "several-days"},
    ),
]


@pytest.mark.parametrize(("code", "who", "odd", "mended"), PAIRS)
def test_a_pair_is_noted_and_its_mending_is_not(
    code: str, who: tuple[str, ...], odd: Answers, mended: Answers
) -> None:
    assert word(who, odd, code) == "met"
    assert word(who, odd | mended, code) != "met"


def test_every_contradiction_has_a_pair() -> None:
    noted = {c.code for c in rules().safety if c.kind is Kind.NOTE}
    assert noted == {code for code, *_ in PAIRS}


@pytest.mark.parametrize(("code", "who", "odd", "mended"), PAIRS)
def test_a_note_changes_neither_outcome_nor_priority(
    code: str, who: tuple[str, ...], odd: Answers, mended: Answers
) -> None:
    found = judge(who, odd)
    flagged = [f.criterion.code for f in found.findings.values() if f.criterion.tier]
    assert code not in flagged
    assert found.findings[code].criterion.calls_doctor == ""


@pytest.mark.django_db
def test_the_case_shows_both_answers(protocol: Protocol) -> None:
    response = patients.sent(protocol, "p54-clonazepam-and-lamotrigine")
    desk = clinician()
    assert "do not fit together" not in case_text(desk, response)
    odd = patients.answers_of("p54-clonazepam-and-lamotrigine") | {
        "med-mind": "no",
        "med-otc": "yes",
    }
    said = case_text(desk, patients.sent_with(protocol, odd))
    assert "Answers that do not fit together: 1" in said
    assert "Do you take anything for mood, nerves, sleep or the mind? No" in said
    assert "lamotrigine" in said.split("do not fit together")[1]
