"""A red answer becomes an alert in the transaction that saved it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from screening.engine.evaluation import TIERS
from screening.engine.urgency import Red
from screening.models import AlertEvent, Response, SafetyAlert, Staff
from screening.services import auditing, promises

# Minutes within which staff act, while the clinic is open; tier a: the working day.
MINUTES = {"c": 15, "b": 60}
WAYS = (
    ("phone", "By phone"),
    ("text", "By text"),
    ("email", "By email"),
    ("in-person", "In person"),
)
OUTCOMES = (
    ("reached", "Reached"),
    ("left-message", "Left a message"),
    ("no-answer", "Could not reach"),
    ("emergency", "Handed to emergency services"),
    ("welfare-check", "Asked for a welfare check"),
)
CLOSING_REASONS = (
    ("reached-safe", "Reached; a plan is agreed"),
    ("emergency", "Handed to emergency services"),
    ("in-care", "Already in somebody's care"),
    ("not-reached", "Could not be reached after every try the clinic makes"),
    ("mistake", "Answered by mistake, as the patient told us"),
)


class AlertClosed(Exception):
    """Nothing more is written to an alert once it is closed."""


def raise_alerts(
    response: Response, reds: Iterable[Red], *, at: datetime
) -> list[SafetyAlert]:
    """Write an alert for each tier of these red answers, or add to the open one.

    To be called inside the transaction that saves the answers. At most one alert is
    open for a response and tier; what was raised is never taken back.
    """
    by_tier: dict[str, list[Red]] = {}
    for red in reds:
        by_tier.setdefault(red.tier, []).append(red)
    for tier in sorted(by_tier):
        _mark(response, tier, at)
    return [_raise(response, tier, by_tier[tier], at) for tier in sorted(by_tier)]


def note_withdrawn(
    response: Response, withdrawn: dict[str, object], *, at: datetime
) -> None:
    """Mark open alerts whose answer was changed or closed; they stay open."""
    for alert in response.alerts.filter(closed_at__isnull=True):
        gone = {k: v for k, v in withdrawn.items() if k in alert.details["answers"]}
        if gone:
            _add(alert, "withdrawn", {"answers": gone}, at)


def deadline(tier: str, raised: datetime) -> datetime:
    """Return by when an alert must be opened, in the clinic's working time."""
    if tier in MINUTES:
        return promises.next_opening(raised) + timedelta(minutes=MINUTES[tier])
    return promises.closing_after(raised, 0)


def _mark(response: Response, tier: str, at: datetime) -> None:
    """Keep the highest tier ever raised; only a clinician lowers the priority."""
    response.highest_tier = max(response.highest_tier, tier)
    rank = TIERS[tier].rank
    if response.priority is None or rank < response.priority:
        response.priority = rank
    due = deadline(tier, at)
    response.due_at = min(response.due_at or due, due)
    response.reviewed_at = None


def _raise(response: Response, tier: str, reds: list[Red], at: datetime) -> SafetyAlert:
    details = {
        "criteria": sorted({red.criterion for red in reds}),
        "answers": {red.link_id: red.answer for red in reds},
    }
    alert = response.alerts.filter(tier=tier, closed_at__isnull=True).first()
    if alert is not None:
        _add(alert, "raised-again", details, at)
        return alert
    alert = SafetyAlert(response=response, tier=tier, raised_at=at)
    alert.details = details
    alert.save(force_insert=True)
    auditing.record("alert.raised", subject=alert, tier=tier)
    return alert


def _add(
    alert: SafetyAlert,
    kind: str,
    details: dict[str, Any],
    at: datetime,
    by: Staff | None = None,
) -> AlertEvent:
    event = AlertEvent(alert=alert, kind=kind, at=at, by=by)
    event.details = details
    event.save(force_insert=True)
    auditing.record(f"alert.{kind}", actor=by, subject=alert, tier=alert.tier)
    return event


@transaction.atomic
def acknowledge(alert_id: uuid.UUID, *, by: Staff) -> SafetyAlert:
    """Make a named person own an alert. Raises AlertClosed."""
    alert = _open_alert(alert_id)
    alert.owner = by
    alert.save(update_fields=["owner"])
    _add(alert, "acknowledged", {}, timezone.now(), by=by)
    return alert


@transaction.atomic
def record_contact(
    alert_id: uuid.UUID, *, by: Staff, how: str, outcome: str, note: str = ""
) -> AlertEvent:
    """Write down one try to reach the patient; who tries first owns the alert.

    Raises AlertClosed, ValueError.
    """
    if how not in dict(WAYS) or outcome not in dict(OUTCOMES):
        raise ValueError(f"{how!r} and {outcome!r} do not describe a try.")
    alert = _open_alert(alert_id)
    if alert.owner is None:
        alert.owner = by
        alert.save(update_fields=["owner"])
    said = {"how": how, "outcome": outcome, "note": note}
    return _add(alert, "contacted", said, timezone.now(), by=by)


@transaction.atomic
def close(alert_id: uuid.UUID, *, by: Staff, reason: str, note: str = "") -> None:
    """Close an alert with a reason. Raises AlertClosed, ValueError."""
    if reason not in dict(CLOSING_REASONS):
        raise ValueError(f"{reason!r} is not a reason to close an alert.")
    alert = _open_alert(alert_id)
    now = timezone.now()
    alert.owner, alert.closed_at = by, now
    alert.save(update_fields=["owner", "closed_at"])
    _add(alert, "closed", {"reason": reason, "note": note}, now, by=by)


def _open_alert(alert_id: uuid.UUID) -> SafetyAlert:
    alert = SafetyAlert.objects.select_for_update().get(pk=alert_id)
    if alert.closed_at is not None:
        raise AlertClosed
    return alert
