"""Staff are told at once of what is late, stuck, silent or stale."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from screening.models import Outbox, Protocol, SafetyAlert, guards
from screening.services import answering
from screening.services.mail import delivering
from screening.services.safety import drilling, owning, watching
from tests import patients

NOON = datetime(2026, 11, 23, 18, tzinfo=UTC)  # a Monday, noon in Chicago
LATER = NOON + timedelta(minutes=16)

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(protocol: Protocol) -> SafetyAlert:
    """An emergency of which somebody was told, in a clinic where all else is well."""
    response = patients.draft(protocol)
    answering.save_page(response.pk, answers={"safe-now": "no"}, at=NOON)
    delivering.deliver_next(at=NOON)
    for at in (NOON, LATER):
        delivering.beat(at=at)
        delivering.beat(drilling.DELIVERED, at=at)
    return SafetyAlert.objects.get()


def test_all_is_well_while_somebody_may_still_take_it(alert: SafetyAlert) -> None:
    delivering.beat(at=NOON)
    assert watching.warnings(at=NOON + timedelta(minutes=1)) == []


def test_an_alert_that_nobody_took_in_time_is_told(alert: SafetyAlert) -> None:
    said = watching.warnings(at=LATER)
    assert said == [
        "1 alert waits past the time in which somebody should have taken it."
    ]
    response = patients.draft(Protocol.objects.current())
    answering.save_page(response.pk, answers={"safe-now": "hurt"}, at=NOON)
    Outbox.objects.update(sent_at=NOON)
    assert watching.warnings(at=LATER)[0].startswith("2 alerts wait past")


def test_an_alert_that_somebody_took_is_not(alert: SafetyAlert) -> None:
    owning.acknowledge(alert.pk, by=patients.person())
    assert watching.warnings(at=LATER) == []


def test_a_notice_that_is_stuck_is_told(alert: SafetyAlert) -> None:
    owning.acknowledge(alert.pk, by=patients.person())
    Outbox.objects.update(sent_at=None)
    assert "could not be delivered" in watching.warnings(at=LATER)[0]


def test_a_notice_stays_told_while_its_next_try_is_an_hour_away(
    alert: SafetyAlert,
) -> None:
    owning.acknowledge(alert.pk, by=patients.person())
    failed = {"sent_at": None, "attempts": 8, "last_error": "OSError"}
    Outbox.objects.update(**failed, due_at=LATER + timedelta(hours=1))
    assert "could not be delivered" in watching.warnings(at=LATER)[0]


def test_a_digest_that_waits_for_its_hour_is_not_stuck(alert: SafetyAlert) -> None:
    owning.acknowledge(alert.pk, by=patients.person())
    Outbox.objects.update(sent_at=None, due_at=LATER + timedelta(hours=1))
    assert watching.warnings(at=LATER) == []


def test_a_worker_that_is_silent_for_two_minutes_is_told(alert: SafetyAlert) -> None:
    owning.acknowledge(alert.pk, by=patients.person())
    said = watching.warnings(at=LATER + timedelta(minutes=2))
    assert len(said) == 1 and "The worker is silent" in said[0]


def test_crisis_numbers_that_nobody_looked_at_for_180_days_are_told(
    alert: SafetyAlert,
) -> None:
    late = NOON + timedelta(days=180)
    assert any("180 days" in warning for warning in watching.warnings(at=late))


def test_a_closed_intake_says_why(alert: SafetyAlert, settings: Any) -> None:
    settings.CLINIC = settings.CLINIC | {"region": "FR"}
    with guards.lifted(connection):
        Protocol.objects.update(status="retired")
    said = " ".join(watching.warnings(at=NOON))
    assert "No crisis contacts are set" in said and "No protocol is published" in said


@pytest.mark.parametrize(
    "how, outcome", [("pigeon", "reached"), ("phone", "fine"), ("", "")]
)
def test_a_try_is_told_in_the_words_there_are(
    alert: SafetyAlert, how: str, outcome: str
) -> None:
    with pytest.raises(ValueError, match="do not describe a try"):
        owning.record_contact(alert.pk, by=patients.person(), how=how, outcome=outcome)
