"""Once a day a made-up patient in danger proves that alerts still reach somebody."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from screening.engine.making_up import Person
from screening.engine.urgency import SAFE_NOW
from screening.models import (
    Heartbeat,
    Outbox,
    Protocol,
    Response,
    ResponseStatus,
    SafetyAlert,
    Staff,
)
from screening.services import answering, promises
from screening.services.safety import owning, visiting

KIND = "alert.drill"
STARTED, DELIVERED = "drill-started", "drill-delivered"
EVERY = timedelta(hours=24)
# The name under which the software closes its own drills. Nobody can sign in as it.
KEEPER = "daily-drill"
IN_DANGER = {SAFE_NOW: "no"}


class DrillFailed(Exception):
    """A made-up patient said that they are not safe, and no notice came of it."""


def drill_if_due(*, at: datetime | None = None) -> bool:
    """Begin the drill of the day, unless it was begun or nothing can be answered."""
    at = at or timezone.now()
    if Heartbeat.objects.filter(name=STARTED, at__gt=at - EVERY).exists():
        return False
    protocol = Protocol.objects.filter(status="active").first()
    if protocol is None:
        return False
    drill(protocol, at=at)
    return True


@transaction.atomic
def drill(protocol: Protocol, *, at: datetime) -> Outbox:
    """Go the way of a patient, from the page to the notice that must arrive.

    The alert is closed in the same transaction: no board, queue or banner ever shows
    it. Raises DrillFailed, visiting.Astray, and whatever a page raises.
    """
    by = _keeper()
    begun = _calm_until_asked(protocol, by, at)
    shown = visiting.say_on_the_page(
        protocol.engine.page_of[SAFE_NOW].slug,
        IN_DANGER,
        code=begun.document["resume_code"],
        birth_date=str(begun.answers["birth-date"]),
    )
    message = Outbox.objects.filter(alert__response=begun).first()
    number = (promises.crisis_contacts() or {}).get("call", "")
    if message is None or number not in shown:
        raise DrillFailed
    message.kind, message.recipient, message.due_at = KIND, _receiver(), at
    message.save(update_fields=["kind", "recipient", "due_at"])
    for alert in begun.alerts.all():
        owning.stand_down(alert, by=by, at=at)
    _put_away(Response.objects.get(pk=begun.pk), at)
    Heartbeat.objects.update_or_create(name=STARTED, defaults={"at": at})
    return message


def _calm_until_asked(protocol: Protocol, by: Staff, at: datetime) -> Response:
    """Answer whatever this protocol asks, but the page that asks about safety."""
    rules = protocol.engine
    answers = Person(rules, promises.local(at).date()).answer_the_rest()
    for item in rules.page_of[SAFE_NOW].items:
        answers.pop(item.link_id, None)
    return answering.begin(
        protocol=protocol, answers=answers, recorded_by=by, synthetic=True, at=at
    )


def is_drill(alert: SafetyAlert) -> bool:
    return alert.owner is not None and alert.owner.username == KEEPER


def _put_away(response: Response, at: datetime) -> None:
    response.status, response.stopped_at = ResponseStatus.STOPPED.value, at
    response.reviewed_at, response.resume_index = at, None
    response.save(update_fields=["status", "stopped_at", "reviewed_at", "resume_index"])


def _receiver() -> str:
    clinic = settings.CLINIC
    return str(
        clinic.get("drill_to") or clinic["on_call"] or clinic["rota"][0]["email"]
    )


def _keeper() -> Staff:
    found, _ = Staff.objects.get_or_create(
        username=KEEPER,
        defaults={
            "first_name": "Daily drill",
            "is_active": False,
            "password": make_password(None),
        },
    )
    return found
