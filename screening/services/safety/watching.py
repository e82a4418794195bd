"""What staff must see at once: late alerts, stuck notices, a silent worker."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from screening.models import Heartbeat, Outbox, Response, SafetyAlert
from screening.services import alerting, promises
from screening.services.mail.delivering import WORKER
from screening.services.safety import drilling, surges
from screening.services.team import parting
from screening.services.upkeep import readiness

SILENT_AFTER = timedelta(minutes=2)
STUCK_AFTER = timedelta(minutes=10)
NO_DRILL_AFTER = timedelta(hours=26)
REVIEW_CONTACTS_AFTER = timedelta(days=180)


def warnings(*, at: datetime | None = None) -> list[str]:
    """Return what every page of the staff must say; [] when all is well."""
    at = at or timezone.now()
    found = [
        *_overdue(at),
        *_late_apart(at),
        *_undelivered(at),
        *_silence(at),
        *_missed_drill(at),
        *_stale_contacts(at),
        *_leavers(),
        *surges.told(at),
    ]
    return found + [f"Intake is closed. {why}" for why in readiness.why_closed()]


def _overdue(at: datetime) -> list[str]:
    late = [
        alert
        for alert in SafetyAlert.objects.unowned()
        if alerting.deadline(alert.tier, alert.raised_at) < at
    ]
    if not late:
        return []
    one = len(late) == 1
    waits, them = (
        ("1 alert waits", "it") if one else (f"{len(late)} alerts wait", "them")
    )
    return [f"{waits} past the time in which somebody should have taken {them}."]


def _late_apart(at: datetime) -> list[str]:
    """A browser that means well may spring the trap: behind it is a patient."""
    late = Response.objects.spam().filter(reviewed_at=None, due_at__lt=at).count()
    if not late:
        return []
    waits = "1 questionnaire waits" if late == 1 else f"{late} questionnaires wait"
    return [f"{waits} under Spam past the time in which we said we would read it."]


def _undelivered(at: datetime) -> list[str]:
    if not Outbox.objects.stuck(at - STUCK_AFTER).exists():
        return []
    return ["A notice of an alert could not be delivered. Look at the queue by hand."]


def last_beat(name: str) -> datetime | None:
    beat: datetime | None
    beat = Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()
    return beat


def _missed_drill(at: datetime) -> list[str]:
    last = last_beat(drilling.DELIVERED)
    if last is not None and at - last < NO_DRILL_AFTER:
        return []
    return [
        "The daily drill did not arrive: nobody knows if notices of alerts do. "
        "Look at the queue by hand."
    ]


def _silence(at: datetime) -> list[str]:
    beat = last_beat(WORKER)
    if beat is not None and at - beat < SILENT_AFTER:
        return []
    return [
        "The worker is silent: no notices are being sent. Look at the queue by hand."
    ]


def _leavers() -> list[str]:
    return [
        f"{name} has left, and clinic.toml still counts on them for alerts."
        for name in parting.gone_from_the_rota()
    ]


def _stale_contacts(at: datetime) -> list[str]:
    contacts: Any = promises.crisis_contacts()
    if not contacts:
        return []
    if promises.local(at).date() - contacts["reviewed"] < REVIEW_CONTACTS_AFTER:
        return []
    return ["The crisis numbers were last looked at more than 180 days ago."]
