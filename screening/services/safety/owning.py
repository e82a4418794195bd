"""An alert belongs to a named person, who writes down each try and closes it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from screening.models import AlertEvent, SafetyAlert, Staff
from screening.services import auditing
from screening.services.alerting import add_event
from screening.services.safety import announcing

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

# Not to be chosen: it closes what no patient said.
DRILL = ("drill", "A drill: nobody was in danger")


class AlertClosed(Exception):
    """Nothing more is written to an alert once it is closed."""


@transaction.atomic
def open_alert(alert: SafetyAlert, *, by: Staff) -> None:
    """Record that an alert is opened. Call it before anything of it is decrypted."""
    auditing.record("alert.viewed", actor=by, subject=alert)


@transaction.atomic
def acknowledge(alert_id: uuid.UUID, *, by: Staff) -> SafetyAlert:
    """Make a named person own an alert. Raises AlertClosed."""
    alert = _open_alert(alert_id)
    alert.owner = by
    alert.save(update_fields=["owner"])
    add_event(alert, "acknowledged", {}, timezone.now(), by=by)
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
    return add_event(alert, "contacted", said, timezone.now(), by=by)


@transaction.atomic
def close(alert_id: uuid.UUID, *, by: Staff, reason: str, note: str = "") -> None:
    """Close an alert with a reason. Raises AlertClosed, ValueError."""
    if reason not in dict(CLOSING_REASONS):
        raise ValueError(f"{reason!r} is not a reason to close an alert.")
    alert = _open_alert(alert_id)
    now = timezone.now()
    alert.owner, alert.closed_at = by, now
    alert.save(update_fields=["owner", "closed_at"])
    add_event(alert, "closed", {"reason": reason, "note": note}, now, by=by)


@transaction.atomic
def in_turn(alert: SafetyAlert, act: Callable[[uuid.UUID], object]) -> None:
    """Do one act to every open alert of a case: one call answers for all, or none.

    Raises AlertClosed, where the one that was meant is not open any more.
    """
    found = SafetyAlert.objects.open().filter(response=alert.response_id)
    keys = list(found.values_list("pk", flat=True))
    if alert.pk not in keys:
        raise AlertClosed
    for key in keys:
        act(key)


def stand_down(alert: SafetyAlert, *, by: Staff, at: datetime) -> None:
    """Close the alert of a drill, in the transaction that raised it."""
    alert.owner, alert.closed_at = by, at
    alert.save(update_fields=["owner", "closed_at"])
    add_event(alert, "closed", {"reason": DRILL[0], "note": ""}, at, by=by)


def release(alert: SafetyAlert, *, by: Staff, at: datetime) -> None:
    """Take an alert from somebody who has left; whoever is there hears of it again."""
    alert.owner = None
    alert.save(update_fields=["owner"])
    event = add_event(alert, "released", {}, at, by=by)
    announcing.announce_again(alert, event)


def _open_alert(alert_id: uuid.UUID) -> SafetyAlert:
    alert = SafetyAlert.objects.select_for_update(no_key=True).get(pk=alert_id)
    if alert.closed_at is not None:
        raise AlertClosed
    return alert
