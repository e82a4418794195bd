"""Patients half way: drafts with some answers, for tests that start in the middle."""

from __future__ import annotations

import copy
from typing import Any

from screening.models import Protocol, Response, Role, Staff
from screening.services import answering
from tests.golden import VIGNETTES, vignette

CALM = {
    "consent-questionnaire": True,
    "who-answers": "self",
    "help-with": ["other"],
    "full-name": "Ada Quill",
    "birth-date": "1984-05-01",
    "sex-at-birth": "male",
    "phone": "555-0100",
    "contact-ok": ["call"],
    "phq9-1": "not-at-all",
    "phq9-2": "not-at-all",
}
ASQ_CALM = {f"asq-{number}": "no" for number in (1, 2, 3, 4)}
# Golden patients: who came for each thing, and who may not go on.
JOURNEYS = {
    "mood": "p01-two-antidepressants-failed",
    "pain": "p34-crps-diagnosed",
    "migraine": "p29-migraine-two-preventives-failed",
    "other": "p60-something-else-only",
    "under 18": "p53-hears-voices-at-seventeen",
}


def answers_of(slug: str) -> dict[str, Any]:
    """Return answers of one's own, down to the rows: a test may change them."""
    return copy.deepcopy(dict(vignette(VIGNETTES / f"{slug}.toml").answers))


def draft(protocol: Protocol, **answers: Any) -> Response:
    """Begin a draft that already has these answers, and the calm first pages."""
    more = {name.replace("_", "-"): value for name, value in answers.items()}
    response = answering.begin(protocol=protocol, answers=CALM)
    if more:
        response = answering.save_page(response.pk, answers=more).response
    return response


def sent(protocol: Protocol, slug: str = "p01-two-antidepressants-failed") -> Response:
    """Send the answers of a golden patient."""
    return sent_with(protocol, answers_of(slug))


def sent_with(protocol: Protocol, answers: dict[str, Any]) -> Response:
    response = answering.begin(protocol=protocol, answers={})
    answering.save_page(response.pk, answers=answers)
    return answering.submit(response.pk, send_key=response.send_key)


def person(role: Role = Role.REVIEWER, name: str = "ash") -> Staff:
    return Staff.objects.create_user(
        username=name, email=f"{name}@demo.invalid", password="a-long-secret", role=role
    )
