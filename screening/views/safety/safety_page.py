"""The safety board and the page of one alert, in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from screening.engine import words
from screening.engine.journey import Journey
from screening.models import AlertEvent, Role, SafetyAlert, Staff
from screening.services import alerting
from screening.services.journey import codes, following
from screening.services.promises import local
from screening.services.safety import drilling, owning, tallying, watching
from screening.views import moments
from screening.views.case import case_record, case_timeline

CLOSED_FOR = timedelta(days=7)
READERS = (Role.REVIEWER, Role.LEAD)
TIERS = {
    "c": "Call now, within 15 minutes",
    "b": "Call within the hour",
    "a": "Contact today",
}
# What these tell would tell an answer.
OF_ANSWERS = ("raised-again", "withdrawn")


def board(by: Staff) -> dict[str, Any]:
    now = timezone.now()
    drill = watching.last_beat(drilling.DELIVERED)
    found = SafetyAlert.objects.select_related("response", "owner")
    recent = found.filter(closed_at__gte=now - CLOSED_FOR).order_by("-closed_at")
    recent = recent.exclude(response__recorded_by__username=drilling.KEEPER)
    return {
        "here": "safety",
        "checked": moments.moment(now),
        "open": [row(alert) for alert in found & SafetyAlert.objects.open()],
        "closed": [row(alert) for alert in recent],
        "drill": moments.moment(drill) if drill else "",
        "tally": _tally(by) if by.role == Role.LEAD else None,
    }


def row(alert: SafetyAlert) -> dict[str, Any]:
    """Return what may be said of an alert without opening anything."""
    now = timezone.now()
    due = alerting.deadline(alert.tier, alert.raised_at)
    return {
        "key": alert.pk,
        "case": alert.response_id,
        "reference": codes.grouped(alert.response.reference),
        "tier": alert.tier,
        "call": TIERS[alert.tier],
        "is_open": alert.closed_at is None,
        "raised": moments.moment(alert.raised_at),
        "age": moments.age(now, alert.raised_at),
        "due": moments.due(now, due),
        "overdue": alert.closed_at is None and due < now,
        "owner": str(alert.owner or ""),
        "closed": moments.moment(alert.closed_at) if alert.closed_at else "",
        "is_draft": alert.response.submitted_at is None,
    }


def card(alert: SafetyAlert) -> dict[str, Any]:
    """Return whom to call and how it is allowed; no answer beyond that."""
    journey = _journey(alert)
    return {
        "name": journey.answers.get("full-name", ""),
        "phone": journey.answers.get("phone", ""),
        "email": journey.answers.get("email", ""),
        "contact": _said(journey, "contact-ok"),
        "adult": _said(journey, "adult-contact"),
    }


def tries(alert: SafetyAlert, by: Staff) -> list[dict[str, Any]]:
    """Return what was done, oldest first; notes only to those who read answers."""
    reads = by.role in READERS
    events = alert.events.select_related("by", "alert__response")
    return [
        _event(event, with_note=reads or event.by_id == by.pk)
        for event in events
        if reads or event.kind not in OF_ANSWERS
    ]


def answers(alert: SafetyAlert) -> dict[str, Any]:
    """Return why it was raised, in the patient's own words, and what was withdrawn."""
    document = alert.response.document
    journey = _journey(alert)
    raised = alerting.answers_of(alert)
    return {
        "statements": following.statements_of(alert.details, journey.protocol),
        "answers": [
            {
                "question": words.question(journey.protocol, name),
                "said": _red(journey, name, answer),
            }
            for name, answer in raised.items()
        ],
        "withdrawn": case_record.withdrawn(journey, document),
    }


def _red(journey: Journey, name: str, answer: object) -> list[str]:
    """Return what was red; a score as it stands now, for it is drawn from answers."""
    if name in journey.protocol.score:
        return [words.measure(journey.facts[name])]  # type: ignore[arg-type]
    item = journey.protocol.item[name.removesuffix(".class")]
    now = journey.answers.get(item.link_id)
    return words.said(item, now if answer is None else answer)


def _event(event: AlertEvent, *, with_note: bool) -> dict[str, Any]:
    details = event.details
    spoken = dict(owning.WAYS) | dict(owning.OUTCOMES) | dict(owning.CLOSING_REASONS)
    parts = [details.get(part, "") for part in ("how", "outcome", "reason")]
    return {
        "what": case_timeline.ACTIONS[f"alert.{event.kind}"],
        "who": str(event.by or ""),
        "at": moments.moment(event.at),
        "how": ": ".join(spoken.get(part, part) for part in parts if part),
        "to": details.get("to", ""),
        "note": details.get("note", "") if with_note else "",
    }


def _tally(by: Staff) -> dict[str, Any]:
    found = tallying.tally(by=by, at=timezone.now())
    return {
        "since": moments.moment(found.since),
        "responses": found.responses,
        "rates": found.per_hundred,
    }


def _journey(alert: SafetyAlert) -> Journey:
    response = alert.response
    day = local(response.saved_at).date()
    return Journey(response.protocol.engine, response.answers, day)


def _said(journey: Journey, link_id: str) -> list[str]:
    item = journey.protocol.item.get(link_id)
    return words.said(item, journey.answers.get(link_id)) if item else []
