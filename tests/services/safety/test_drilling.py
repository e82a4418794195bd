"""Once a day the whole way of an alert is gone, and nobody is alarmed by it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection

from screening.models import (
    AuditEvent,
    Heartbeat,
    Outbox,
    Protocol,
    Response,
    SafetyAlert,
    Staff,
    guards,
)
from screening.services import promises
from screening.services.mail import delivering
from screening.services.safety import drilling, visiting, watching

MORNING = datetime(2026, 11, 23, 16, tzinfo=UTC)
NEXT_DAY = MORNING + timedelta(hours=24)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


def shouts(at: datetime) -> bool:
    return any("drill" in warning for warning in watching.warnings(at=at))


def test_a_drill_goes_from_the_answer_to_the_notice(protocol: Protocol) -> None:
    assert drilling.drill_if_due(at=MORNING)
    assert SafetyAlert.objects.get().tier == "c"
    assert delivering.deliver_next(at=MORNING) is not None
    sent = mail.outbox[0]
    assert sent.subject == "Drill: nothing needs to be done"
    assert sent.to == ["on-call@demo.invalid"]
    assert "No patient is waiting" in str(sent.body)
    assert Heartbeat.objects.get(name=drilling.DELIVERED).at == MORNING


@pytest.mark.parametrize(
    "changed, receiver",
    [
        ({"drill_to": "drill@demo.invalid"}, "drill@demo.invalid"),
        ({"on_call": ""}, "ash@demo.invalid"),
    ],
)
def test_the_clinic_says_who_receives_it(
    protocol: Protocol, settings: Any, changed: dict[str, str], receiver: str
) -> None:
    settings.CLINIC = settings.CLINIC | changed
    drilling.drill_if_due(at=MORNING)
    assert Outbox.objects.get().recipient == receiver


def test_nobody_meets_a_drill_among_patients(protocol: Protocol) -> None:
    drilling.drill_if_due(at=MORNING)
    assert not Response.objects.awaiting_review().exists()
    assert not Response.objects.reviewed().exists()
    assert not Response.objects.in_progress().exists()
    assert not Response.objects.real().exists()
    assert not SafetyAlert.objects.open().exists()


def test_nobody_can_sign_in_as_the_drill(protocol: Protocol) -> None:
    drilling.drill_if_due(at=MORNING)
    keeper = Staff.objects.get(username=drilling.KEEPER)
    assert not keeper.is_active
    assert not keeper.has_usable_password()
    assert drilling.is_drill(SafetyAlert.objects.get())


def test_there_is_one_drill_a_day(protocol: Protocol) -> None:
    times = [MORNING, MORNING + timedelta(hours=23), NEXT_DAY]
    assert [drilling.drill_if_due(at=at) for at in times] == [True, False, True]


def test_staff_are_shouted_at_when_a_drill_did_not_arrive(protocol: Protocol) -> None:
    assert shouts(MORNING)
    drilling.drill_if_due(at=MORNING)
    assert shouts(MORNING)
    delivering.deliver_next(at=MORNING)
    assert not shouts(MORNING + timedelta(hours=25))
    assert shouts(MORNING + timedelta(hours=26))


def test_a_drill_that_fails_leaves_nothing_behind(
    protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drilling, "IN_DANGER", {"safe-now": "yes"})
    with pytest.raises(visiting.Astray, match="not to help"):
        drilling.drill_if_due(at=MORNING)
    assert not Response.objects.exists()
    assert not Heartbeat.objects.exists()
    assert not Session.objects.exists()


def test_a_drill_goes_through_the_pages_of_patients(protocol: Protocol) -> None:
    drilling.drill_if_due(at=MORNING)
    response = Response.objects.get()
    saved = AuditEvent.objects.get(action="response.saved")
    assert (saved.object_id, saved.meta["page"]) == (str(response.pk), "safe-b")
    assert response.document["help_shown"] == "c"
    # Nobody can go on where it stopped.
    assert not Session.objects.exists() and response.resume_index is None


def test_a_help_page_that_does_not_show_the_number_fails_the_drill(
    protocol: Protocol, settings: Any
) -> None:
    regions = {"US": dict(promises.crisis_contacts() or {}) | {"call": "988 & 1"}}
    settings.CLINIC = settings.CLINIC | {"crisis": {"regions": regions}}
    with pytest.raises(drilling.DrillFailed):
        drilling.drill_if_due(at=MORNING)
    assert not SafetyAlert.objects.exists()


def test_a_page_that_does_not_answer_fails_the_drill(
    protocol: Protocol, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = []
    with pytest.raises(visiting.Astray, match="GET /resume/ 400"):
        drilling.drill_if_due(at=MORNING)


def test_a_drill_goes_over_tls_where_patients_do(
    protocol: Protocol, settings: Any
) -> None:
    settings.ORIGIN = "https://intake.example.org:8443"
    settings.ALLOWED_HOSTS = ["intake.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    assert drilling.drill_if_due(at=MORNING)


def test_without_a_protocol_there_is_nothing_to_drill(protocol: Protocol) -> None:
    with guards.lifted(connection):
        Protocol.objects.update(status="retired")
    assert not drilling.drill_if_due(at=MORNING)
