"""An alert that nobody takes is passed on, in the clinic's working time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from screening.models import Outbox, Protocol, SafetyAlert
from screening.services import answering
from screening.services.safety import escalating, owning
from screening.services.safety.escalating import escalate_overdue
from tests import patients

MORNING = datetime(2026, 11, 23, 16, tzinfo=UTC)  # a Monday, 10 in Chicago
FRIDAY = datetime(2026, 12, 4, 20, 50, tzinfo=UTC)  # ten minutes before closing
RED = {"c": {"safe-now": "no"}, "b": {"safe-now": "not-sure"}, "a": {"asq-1": "yes"}}
ROTA, NEXT, ON_CALL = (
    "ash@demo.invalid",
    "birch@demo.invalid",
    "on-call@demo.invalid",
)

pytestmark = pytest.mark.django_db


def raised(protocol: Protocol, tier: str, at: datetime = MORNING) -> SafetyAlert:
    response = patients.draft(protocol)
    answering.save_page(response.pk, answers=RED[tier], at=at)
    return SafetyAlert.objects.get()


def told() -> list[str]:
    passed = Outbox.objects.filter(kind="alert.escalated")
    return list(passed.order_by("created_at").values_list("recipient", flat=True))


def run(since: datetime, hours: float) -> list[str]:
    """Let a worker look every minute for so many hours; return whom it told."""
    for minute in range(int(hours * 60) + 1):
        escalate_overdue(at=since + timedelta(minutes=minute))
    return told()


@pytest.mark.parametrize(
    "tier, after",
    [
        ("c", timedelta(minutes=15)),
        ("b", timedelta(minutes=60)),
        ("a", timedelta(hours=7)),
    ],
)
def test_an_alert_is_passed_on_when_its_time_is_over(
    protocol: Protocol, tier: str, after: timedelta
) -> None:
    raised(protocol, tier)
    assert escalate_overdue(at=MORNING + after - timedelta(minutes=1)) == 0
    # Tier a ends with the working day: the next one hears of it in the morning.
    later = timedelta(hours=16) if tier == "a" else timedelta(0)
    assert escalate_overdue(at=MORNING + after + later) == 1
    assert told() == [NEXT]


def test_whoever_takes_it_ends_the_passing_on(protocol: Protocol) -> None:
    alert = raised(protocol, "c")
    owning.acknowledge(alert.pk, by=patients.person())
    assert run(MORNING, 1) == []


def test_an_emergency_is_told_four_times_an_hour(protocol: Protocol) -> None:
    raised(protocol, "c")
    assert run(MORNING, 1) == [NEXT] * 4


def test_a_worker_that_was_away_passes_it_on_once(protocol: Protocol) -> None:
    raised(protocol, "b")
    assert run(MORNING + timedelta(days=1), 0.5) == [NEXT]


def test_the_night_does_not_count(protocol: Protocol) -> None:
    raised(protocol, "b", MORNING + timedelta(hours=6, minutes=50))
    assert run(MORNING + timedelta(hours=7), 12) == []
    assert run(MORNING + timedelta(hours=23), 0.9) == [NEXT]


def test_an_emergency_on_friday_evening_goes_to_whoever_is_on_call(
    protocol: Protocol,
) -> None:
    raised(protocol, "c", FRIDAY)
    assert run(FRIDAY, 0.5) == [ON_CALL, ON_CALL]


def test_with_nobody_on_call_an_emergency_waits_for_monday(
    protocol: Protocol, settings: Any
) -> None:
    settings.CLINIC = settings.CLINIC | {"on_call": ""}
    raised(protocol, "c", FRIDAY)
    assert run(FRIDAY, 1) == []
    assert run(FRIDAY + timedelta(hours=66), 0.5) == [NEXT, NEXT]


def test_a_rota_of_one_hears_it_again(protocol: Protocol, settings: Any) -> None:
    settings.CLINIC = settings.CLINIC | {"rota": settings.CLINIC["rota"][:1]}
    raised(protocol, "c")
    assert run(MORNING, 0.25) == [ROTA]


def test_an_alert_of_the_future_is_not_passed_on(protocol: Protocol) -> None:
    raised(protocol, "c")
    assert escalate_overdue(at=MORNING - timedelta(days=1)) == 0


def test_an_alert_taken_at_the_last_moment_is_not_passed_on(
    protocol: Protocol,
) -> None:
    alert = raised(protocol, "c")
    late = MORNING + timedelta(hours=1)
    SafetyAlert.objects.filter(pk=alert.pk).update(owner=patients.person())
    assert not escalating._escalate(alert, late)


def test_an_attempt_long_ago_is_passed_on_to_nobody(protocol: Protocol) -> None:
    response = patients.draft(protocol)
    said = {"asq-4": "yes", "asq-4-when": "over-1-year", "asq-5": "no"}
    answering.save_page(response.pk, answers=said, at=MORNING)
    assert run(MORNING + timedelta(days=1), 0.1) == []
