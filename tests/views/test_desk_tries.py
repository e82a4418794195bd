"""Each try to reach a patient is written down, by whoever made it."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from screening.models import Protocol, Response, SafetyAlert, Staff
from screening.services.safety import owning
from screening.views.safety import alerts
from tests import patients
from tests.views.desk import clinician, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(protocol: Protocol) -> SafetyAlert:
    response: Response = patients.sent(protocol, "p48-attempt-last-month")
    return response.alerts.get(tier="b")


def write_down(alert: SafetyAlert, by: Staff, **said: Any) -> HttpResponse:
    request = RequestFactory().post("/", said)
    request.user = by
    page: Any = alerts.tried(request, uuid.UUID(str(alert.pk)))
    return page.render() if hasattr(page, "render") else page


def test_a_try_is_written_down_and_gives_the_alert_its_owner(
    alert: SafetyAlert,
) -> None:
    birch = patients.person(name="birch")
    said = {"how": "phone", "outcome": "no-answer", "note": "Rang twice."}
    assert write_down(alert, birch, **said).status_code == 302
    shown = text(clinician().get(f"/staff/case/{alert.response_id}/"))
    assert "Tried to reach the patient, birch. By phone: Could not reach." in shown
    assert "Rang twice." in shown and "With birch ." in shown


def test_a_try_without_its_outcome_is_not_written_down_and_the_note_is_kept(
    alert: SafetyAlert,
) -> None:
    birch = patients.person(name="birch")
    page = write_down(alert, birch, how="phone", note="Rang twice.")
    assert page.status_code == 422
    assert not alert.events.filter(kind="contacted").exists()


def test_nothing_is_added_to_an_alert_that_is_closed(alert: SafetyAlert) -> None:
    birch = patients.person(name="birch")
    owning.close(alert.pk, by=birch, reason="mistake")
    page = write_down(alert, birch, how="phone", outcome="reached")
    assert page.status_code == 409


def test_one_call_answers_for_every_open_alert_of_a_patient(protocol: Protocol) -> None:
    response = patients.sent(protocol, "p45-thoughts-of-suicide-now")
    desk, first = clinician(), response.alerts.get(tier="c")
    shown = text(desk.get(f"/staff/case/{response.pk}/"))
    assert "I take all 3" in shown and "other 2 open alerts of this patient" in shown
    said: dict[str, dict[str, str]] = {
        "own": {},
        "try": {"how": "phone", "outcome": "reached"},
        "close": {"reason": "reached-safe"},
    }
    for act, more in said.items():
        page = desk.post(f"/staff/alert/{first.pk}/{act}/", more | {"all": "yes"})
        assert page.status_code == 302
    kinds = ("acknowledged", "contacted", "closed")
    for alert in response.alerts.all():
        assert alert.closed_at and str(alert.owner) == "ash"
        assert tuple(e.kind for e in alert.events.filter(kind__in=kinds)) == kinds
    again = desk.post(f"/staff/alert/{first.pk}/own/", {"all": "yes"})
    assert again.status_code == 409
