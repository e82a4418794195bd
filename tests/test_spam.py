"""Spam waits apart, and no red answer is ever lost in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from screening.models import Decision, Protocol, Response, Role, SafetyAlert, Staff
from screening.services import answering, reviewing
from screening.services.journey.codes import grouped
from screening.services.safety import owning, watching
from tests import patients
from tests.views.desk import text

pytestmark = pytest.mark.django_db

CALM = "p07-mild-now-with-a-lifelong-course"
RED = {"asq-3": "yes", "asq-5": "no", "safe-now": "yes"}
SPAM = Decision.DUPLICATE_OR_SPAM.value


@pytest.fixture
def lead(protocol: Protocol) -> Staff:
    return patients.person(Role.LEAD)


@pytest.fixture
def desk(lead: Staff) -> Client:
    client = Client()
    client.force_login(lead)
    return client


def caught(protocol: Protocol, **more: Any) -> Response:
    """Return what the trap caught, sent all the same."""
    response = answering.begin(protocol=protocol, answers={}, spam=True)
    said = patients.answers_of(CALM) | {k.replace("_", "-"): v for k, v in more.items()}
    answering.save_page(response.pk, answers=said)
    return answering.submit(response.pk, send_key=response.send_key)


def is_in(view: str, desk: Client, response: Response) -> bool:
    return grouped(response.reference) in text(desk.get(f"/staff/?view={view}"))


def sign(response: Response, by: Staff, decision: str, reason: str) -> None:
    response.refresh_from_db()
    reviewing.sign(
        response.pk,
        by=by,
        decision=decision,
        reason=reason,
        version=response.version,
        overrules="same-person",
    )


def test_what_the_trap_caught_waits_in_the_tab_alone(
    protocol: Protocol, desk: Client
) -> None:
    response = caught(protocol)
    assert is_in("spam", desk, response) and not is_in("", desk, response)
    assert "Perhaps spam" in text(desk.get("/staff/?view=spam"))


def test_a_red_answer_alerts_whatever_the_trap_says(
    protocol: Protocol, desk: Client
) -> None:
    response = caught(protocol, **RED)
    assert SafetyAlert.objects.filter(response=response).exists()
    assert is_in("", desk, response) and is_in("urgent", desk, response)
    assert "Perhaps spam" in text(desk.get("/staff/"))


def test_a_red_answer_keeps_it_in_the_queue_once_the_alert_is_closed(
    protocol: Protocol, desk: Client, lead: Staff
) -> None:
    response = caught(protocol, **RED)
    for alert in response.alerts.all():
        owning.close(alert.pk, by=lead, reason="reached-safe")
    assert is_in("", desk, response)


def test_what_is_signed_as_spam_goes_to_the_tab(
    protocol: Protocol, desk: Client, lead: Staff
) -> None:
    response = patients.sent(protocol, CALM)
    sign(response, lead, SPAM, "spam")
    assert is_in("spam", desk, response) and not is_in("", desk, response)


def test_signing_it_as_spam_leaves_an_open_alert_in_the_queue(
    protocol: Protocol, desk: Client, lead: Staff
) -> None:
    response = caught(protocol, **RED)
    sign(response, lead, SPAM, "spam")
    assert is_in("", desk, response)
    assert SafetyAlert.objects.open().filter(response=response).exists()


def test_a_draft_signed_as_spam_comes_back_with_its_next_red_answer(
    protocol: Protocol, desk: Client, lead: Staff
) -> None:
    draft = patients.draft(protocol, asq_3="yes")
    for alert in draft.alerts.all():
        owning.close(alert.pk, by=lead, reason="reached-safe")
    sign(draft, lead, SPAM, "spam")
    assert not is_in("", desk, draft)
    answering.save_page(draft.pk, answers={"asq-2": "yes"})
    assert is_in("", desk, draft)


@pytest.mark.parametrize("decision", ["offer-consultation", "taken-back"])
def test_any_other_decision_takes_it_out_of_the_tab(
    protocol: Protocol, desk: Client, lead: Staff, decision: str
) -> None:
    response = caught(protocol)
    sign(response, lead, SPAM, "spam")
    if decision == "taken-back":
        last = response.reviews.get()
        reviewing.take_back(response.pk, review_id=last.pk, by=lead)
    else:
        sign(response, lead, decision, "criteria-fit")
    assert not is_in("spam", desk, response)
    assert is_in("" if decision == "taken-back" else "decided", desk, response)


def test_staff_are_told_of_what_waits_too_long_in_the_tab(
    protocol: Protocol, desk: Client
) -> None:
    caught(protocol)
    said = "1 questionnaire waits under Spam past the time"
    assert said not in text(desk.get("/staff/"))
    later = timezone.now() + timedelta(days=10)
    assert [each for each in watching.warnings(at=later) if said in each]
