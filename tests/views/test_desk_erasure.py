"""A lead erases answers: signed in anew, reference typed, reason on record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from screening.models import AuditEvent, Protocol, Response, Role, Staff
from screening.services import answering
from screening.services.journey import codes
from tests import patients
from tests.views.desk import clinician, signed_in_just_now, text

pytestmark = pytest.mark.django_db

PATH = "/staff/erase/"


@pytest.fixture(autouse=True)
def records(settings: Any, tmp_path: Path) -> None:
    settings.RECORDS = tmp_path


@pytest.fixture
def lead() -> Client:
    return signed_in_just_now(clinician(Role.LEAD, "cedar"))


@pytest.fixture
def sent(protocol: Protocol) -> Response:
    return patients.sent(protocol)


def typed(response: Response, **more: str) -> dict[str, str]:
    return {"reference": response.reference, "reason": "patient-asked", **more}


def test_what_is_erased_is_gone_and_what_remains_is_said(
    lead: Client, sent: Response
) -> None:
    page = lead.post(PATH, typed(sent, reference=codes.grouped(sent.reference).lower()))
    assert page.status_code == 200
    assert "Nothing brings them back" in text(page)
    assert "Older backups still hold the key" in text(page)
    sent.refresh_from_db()
    assert sent.is_erased


def test_who_erased_it_and_why_is_on_record(lead: Client, sent: Response) -> None:
    lead.post(PATH, typed(sent))
    event = AuditEvent.objects.get(action="response.erased")
    assert (event.actor, event.object_id) == (Staff.objects.get(), str(sent.pk))
    assert event.meta == {"reason": "patient-asked"}


def test_without_a_fresh_sign_in_nothing_is_erased(sent: Response) -> None:
    stale = clinician(Role.LEAD, "cedar")
    assert stale.get(PATH)["Location"].startswith("/staff/account/reauthenticate/")
    asked = stale.post(PATH, typed(sent))
    assert asked["Location"].startswith("/staff/account/reauthenticate/")
    sent.refresh_from_db()
    assert not sent.is_erased


@pytest.mark.parametrize("reference", ["", "7K3MXP9Q", "' OR 1=1", "\x00"])
def test_another_reference_erases_nothing(
    lead: Client, sent: Response, reference: str
) -> None:
    page = lead.post(PATH, typed(sent, reference=reference))
    assert page.status_code == 422
    sent.refresh_from_db()
    assert not sent.is_erased


@pytest.mark.parametrize("reason", ["", "because"])
def test_without_a_reason_nothing_is_erased(
    lead: Client, sent: Response, reason: str
) -> None:
    page = lead.post(PATH, typed(sent, reason=reason))
    assert "Choose why." in text(page)
    sent.refresh_from_db()
    assert not sent.is_erased


def test_while_an_alert_is_open_it_stays(lead: Client, protocol: Protocol) -> None:
    draft = patients.draft(protocol)
    answering.save_page(draft.pk, answers={"asq-3": "yes"})
    page = lead.post(PATH, typed(draft))
    assert "An alert is open on it" in text(page)


def test_what_is_erased_is_not_erased_again(lead: Client, sent: Response) -> None:
    lead.post(PATH, typed(sent))
    assert "It was erased before" in text(lead.post(PATH, typed(sent)))


def test_a_lead_finds_the_way_there_and_a_reviewer_does_not(lead: Client) -> None:
    assert PATH.encode() in lead.get("/staff/find/").content
    assert PATH.encode() not in clinician(name="birch").get("/staff/find/").content
