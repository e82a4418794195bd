"""An alert that nobody owns goes on to the next person, until somebody does."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from screening.models import AlertEvent, Outbox, SafetyAlert, Tier
from screening.services import alerting, auditing, promises
from screening.services.safety import announcing

# How long each person on the rota has, in the clinic's working time.
STEP = {
    "c": timedelta(minutes=alerting.MINUTES["c"]),
    "b": timedelta(minutes=alerting.MINUTES["b"]),
    "a": timedelta(hours=8),
}


def escalate_overdue(*, at: datetime | None = None) -> int:
    """Tell the next person on the rota of each alert that nobody has taken in time.

    Returns how many were passed on. A worker that was away passes each on once, not
    once for every turn it missed; the last person on the rota is told again as long
    as nobody takes it.
    """
    at = at or timezone.now()
    waiting = SafetyAlert.objects.unowned().filter(raised_at__lt=at)
    return sum(_escalate(alert, at) for alert in waiting if _may_be_due(alert, at))


def _may_be_due(alert: SafetyAlert, at: datetime) -> bool:
    """Nights and holidays do not count, unless an emergency has its person on call."""
    if at < alerting.deadline(alert.tier, alert.raised_at):
        return False
    return promises.is_open(at) or _is_for_who_is_on_call(alert, at)


def _is_for_who_is_on_call(alert: SafetyAlert, at: datetime) -> bool:
    on_call = alert.tier == Tier.C and settings.CLINIC["on_call"]
    return bool(on_call) and not promises.is_open(at)


@transaction.atomic
def _escalate(alert: SafetyAlert, at: datetime) -> bool:
    # Whoever takes it at this moment, and any other worker, must wait or be seen.
    alert = SafetyAlert.objects.select_for_update().get(pk=alert.pk)
    times = alert.events.filter(kind="escalated").values_list("at", flat=True)
    if alert.owner_id or not _turn_is_over(alert, list(times), at):
        return False
    if alert.tier == Tier.A and announcing.was_long_ago(alert.response):
        return False
    step = len(times) + 1
    person = _next_person(alert, step, at)
    Outbox.objects.create(
        key=f"alert:{alert.pk}:{step}",
        kind="alert.escalated",
        response=alert.response,
        alert=alert,
        recipient=person["email"],
        created_at=at,
        due_at=at,
    )
    event = AlertEvent(alert=alert, kind="escalated", at=at)
    event.details = {"to": person["name"]}
    event.save(force_insert=True)
    auditing.record("alert.escalated", subject=alert, tier=alert.tier, step=step)
    return True


def _turn_is_over(alert: SafetyAlert, times: list[datetime], at: datetime) -> bool:
    if not times:
        return True
    if _is_for_who_is_on_call(alert, at):
        return at - max(times) >= STEP[alert.tier]
    return promises.open_between(max(times), at) >= STEP[alert.tier]


def _next_person(alert: SafetyAlert, step: int, at: datetime) -> dict[str, str]:
    if _is_for_who_is_on_call(alert, at):
        return {"name": "who is on call", "email": settings.CLINIC["on_call"]}
    rota: list[dict[str, str]] = settings.CLINIC["rota"]
    return rota[min(step, len(rota) - 1)]
