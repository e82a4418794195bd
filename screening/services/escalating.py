"""An alert that nobody owns goes on to the next person, until somebody does."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from screening.models import AlertEvent, Outbox, SafetyAlert
from screening.services import alerting, auditing, promises

# How long each person on the rota has, in the clinic's working time.
STEP = {
    "c": timedelta(minutes=alerting.MINUTES["c"]),
    "b": timedelta(minutes=alerting.MINUTES["b"]),
    "a": timedelta(days=1),
}


def escalate_overdue(*, at: datetime | None = None) -> int:
    """Tell the next person on the rota of each alert that nobody has taken in time.

    Returns how many were passed on. Each step of each alert is told exactly once, and
    the last person on the rota is told again as long as nobody takes it.
    """
    at = at or timezone.now()
    passed = 0
    for alert in SafetyAlert.objects.unowned():
        passed += _escalate(alert, at)
    return passed


def steps_due(alert: SafetyAlert, at: datetime) -> int:
    """Return how many times an alert should have been passed on by now.

    Nights and holidays do not count, except for tier c, whose on-call person is told
    out of hours.
    """
    due = alerting.deadline(alert.tier, alert.raised_at)
    if at < due or (alert.tier != "c" and not promises.is_open(at)):
        return 0
    return 1 + int((at - due) / STEP[alert.tier])


@transaction.atomic
def _escalate(alert: SafetyAlert, at: datetime) -> bool:
    done = alert.events.filter(kind="escalated").count()
    if steps_due(alert, at) <= done:
        return False
    rota = settings.CLINIC["rota"]
    person = rota[min(done + 1, len(rota) - 1)]
    Outbox.objects.get_or_create(
        key=f"alert:{alert.pk}:{done + 1}",
        defaults={
            "kind": "alert.escalated",
            "response": alert.response,
            "alert": alert,
            "recipient": person["email"],
            "created_at": at,
            "due_at": at,
        },
    )
    event = AlertEvent(alert=alert, kind="escalated", at=at)
    event.details = {"to": person["name"]}
    event.save(force_insert=True)
    auditing.record("alert.escalated", subject=alert, tier=alert.tier, step=done + 1)
    return True
