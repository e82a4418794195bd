"""Staff are told of an alert: at once, or for the mildest tier in the day's digest."""

from __future__ import annotations

from datetime import datetime, timedelta

from screening.engine.journey import Journey
from screening.engine.urgency import red_answers
from screening.models import AlertEvent, Outbox, Response, SafetyAlert, Tier
from screening.services import promises

DIGEST = "alert.digest"
# Before closing: the digest of the day, and a further one for what came in after it.
DIGESTS = (timedelta(hours=3), timedelta(hours=1))
LONG_AGO = {"asq-4": "yes", "asq-4-when": "over-1-year", "asq-5": "no"}


def announce(alert: SafetyAlert) -> Outbox:
    """Have staff told of a new alert, in the transaction that raised it."""
    if alert.tier == Tier.A:
        return _in_digest(alert, alert.raised_at)
    return _at_once(alert, f"alert:{alert.pk}", alert.raised_at)


def announce_again(alert: SafetyAlert, event: AlertEvent) -> None:
    """Have staff told of a worse answer, unless somebody has the alert in hand.

    An emergency is told again whoever has it; a notice on its way says enough.
    """
    if alert.owner_id and alert.tier != Tier.C:
        return
    if alert.tier == Tier.A:
        _in_digest(alert, event.at)
    elif not alert.messages.waiting().exists():
        _at_once(alert, f"alert:{alert.pk}:again:{event.pk}", event.at)


def still_to_tell() -> int:
    """Return how many alerts of a digest nobody has taken and somebody must hear of."""
    waiting = SafetyAlert.objects.unowned().filter(tier=Tier.A)
    found = waiting.select_related("response__protocol")
    return sum(not was_long_ago(alert.response) for alert in found)


def was_long_ago(response: Response) -> bool:
    """Tell whether all that is red is an attempt over a year ago, with no thoughts now.

    It is shown and sorted like any other; no mail is sent for it. Whether there are
    thoughts now must have been answered: silence is no reason to keep quiet.
    """
    document = response.document
    journey = Journey(
        response.protocol.engine,
        document["answers"],
        promises.local(response.saved_at).date(),
    )
    known = {name: journey.answers.get(name) for name in LONG_AGO}
    reds = {red.link_id for red in red_answers(journey)}
    return reds == {"asq-4"} and known == LONG_AGO and not document["withdrawn"]


def _at_once(alert: SafetyAlert, key: str, at: datetime) -> Outbox:
    return _message(alert, key, "alert.raised", at, at)


def _in_digest(alert: SafetyAlert, at: datetime) -> Outbox:
    closing = promises.closing_after(at, 0)
    for early in DIGESTS:
        if at < closing - early:
            key = f"digest:{closing:%Y-%m-%d}:{early.seconds // 3600}"
            message = _message(alert, key, DIGEST, at, closing - early)
            # One that has left would not tell of this alert.
            if not message.attempts:
                return message
    return _at_once(alert, f"alert:{alert.pk}:{at:%Y%m%d%H%M}", at)


def _message(
    alert: SafetyAlert, key: str, kind: str, at: datetime, due: datetime
) -> Outbox:
    """Find the message of this key, locked, so that no worker takes it meanwhile."""
    message, _ = Outbox.objects.select_for_update().get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "response": alert.response,
            "alert": alert,
            "created_at": at,
            "due_at": due,
        },
    )
    return message
