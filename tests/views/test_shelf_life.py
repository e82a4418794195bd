"""A criterion past its day is amber on every case that it judges."""

from __future__ import annotations

import copy
from typing import Any

from screening.services.protocol.places import find
from screening.services.publishing import publish
from tests import patients
from tests.views.desk import case_text, clinician

DUE = "Due for review since 2020-01-31"


def test_a_case_shows_which_of_its_criteria_are_due_for_review(
    db: None, document: dict[str, Any]
) -> None:
    old = copy.deepcopy(document)
    old["protocol"]["version"] = "51"
    for code in ("trd-severity", "u-asq-positive"):
        told = {"review_by": "2020-01-31", "evidence": "One trial", "signed_by": "Ash"}
        find(old, "criterion", code).update(told)
    response = patients.sent_with(
        publish(old), patients.answers_of("p01-two-antidepressants-failed")
    )
    page = case_text(clinician(), response)
    assert DUE in page and "Evidence: One trial" in page
    assert "Answered for by Ash." in page


def test_a_criterion_within_its_day_says_nothing_of_it(protocol: Any) -> None:
    page = case_text(clinician(), patients.sent(protocol))
    assert "Due for review" not in page
