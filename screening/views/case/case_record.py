"""What a case holds besides its findings: answers, medicines, alerts, decisions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from screening.engine import words
from screening.engine.facts import is_absent
from screening.engine.journey import Journey
from screening.engine.protocol import Item
from screening.forms.review import DECISION_WORDS
from screening.models import (
    OVERRULING,
    REASONS,
    AlertEvent,
    Response,
    SafetyAlert,
)
from screening.services import alerting
from screening.services.safety import owning
from screening.views import moments
from screening.views.case import case_timeline
from screening.views.journey import wording


def medicines(journey: Journey) -> list[dict[str, Any]]:
    """Return each list of medicines: every line as it was typed and as it was read."""
    return [
        {
            "title": item.text,
            "rows": [_medicine(journey, item, row) for row in _rows(journey, item)],
        }
        for item in journey.open.values()
        if item.type == "group" and _rows(journey, item)
    ]


def _rows(journey: Journey, item: Item) -> list[Any]:
    held: Any = journey.answers.get(item.link_id)
    return held if isinstance(held, list) else []


def _medicine(journey: Journey, item: Item, row: dict[str, Any]) -> dict[str, Any]:
    name = next((f.link_id for f in item.fields if f.role == "name"), "")
    typed = str(row.get(name, ""))
    state, read, candidate = wording.reading(journey, typed)
    rest = [(f, words.said(f, row.get(f.link_id))) for f in item.fields]
    return {
        "typed": typed,
        "state": state,
        "read": read,
        "candidate": candidate,
        "details": [
            {"label": field.text.removesuffix(" (optional)"), "said": "; ".join(said)}
            for field, said in rest
            if said and field.role != "name"
        ],
    }


def pages(journey: Journey) -> list[dict[str, Any]]:
    """Return all that was asked, by page; what was not answered stays visible."""
    return [
        {
            "title": page.title,
            "rows": [_answer(journey, item) for item in journey.items(page)],
        }
        for page in journey.pages
    ]


def _answer(journey: Journey, item: Item) -> dict[str, Any]:
    fact = journey.facts[item.link_id]
    return {
        "question": item.text,
        "said": words.said(item, journey.answers.get(item.link_id)),
        "is_blank": fact is None,
        "is_absent": is_absent(fact),
    }


def withdrawn(journey: Journey, document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the urgent answers that were changed or closed, first and last answer."""
    items = journey.protocol.item
    return [
        {
            "question": items[entry["link_id"]].text,
            "first": words.said(items[entry["link_id"]], entry["answer"]),
            "now": words.said(items[entry["link_id"]], entry["now"]),
            "at": moments.moment(datetime.fromisoformat(entry["at"])),
        }
        for entry in document["withdrawn"]
        if entry["link_id"] in items
    ]


def alerts(response: Response) -> list[dict[str, Any]]:
    """Return the alerts of a case, open ones first, the most urgent tier first."""
    rows = response.alerts.select_related("owner", "response")
    found = rows.prefetch_related("events__by").order_by("-tier", "raised_at")
    listed = [_alert(alert) for alert in found]
    beside = sum(alert["is_open"] for alert in listed) - 1
    listed = [alert | {"beside": beside} for alert in listed]
    return sorted(listed, key=lambda alert: not alert["is_open"])


def _alert(alert: SafetyAlert) -> dict[str, Any]:
    now = timezone.now()
    due = alerting.deadline(alert.tier, alert.raised_at)
    return {
        "key": alert.pk,
        "tier": alert.tier,
        "is_open": alert.closed_at is None,
        "raised": moments.moment(alert.raised_at),
        "due": moments.due(now, due),
        "overdue": alert.closed_at is None and due < now,
        "owner": str(alert.owner or ""),
        "owner_key": alert.owner_id,
        "events": [_event(event) for event in alert.events.all()],
        "ways": owning.WAYS,
        "outcomes": owning.OUTCOMES,
        "closing_reasons": owning.CLOSING_REASONS,
    }


def _event(event: AlertEvent) -> dict[str, Any]:
    details = event.details
    return {
        "what": case_timeline.ACTIONS[f"alert.{event.kind}"],
        "who": str(event.by or ""),
        "at": moments.moment(event.at),
        "told": _outcome_of(details),
        "note": details.get("note", ""),
    }


def _outcome_of(details: dict[str, Any]) -> str:
    """Return how a try went, why an alert was closed, or to whom it was passed."""
    if "outcome" in details:
        how, outcome = dict(owning.WAYS), dict(owning.OUTCOMES)
        return f"{how[details['how']]}: {outcome[details['outcome']]}"
    if "reason" in details:
        return dict(owning.CLOSING_REASONS)[details["reason"]]
    return f"To {details['to']}" if "to" in details else ""


def reviews(response: Response) -> list[dict[str, Any]]:
    """Return the signed decisions, oldest first; each corrects the one before."""
    rows = response.reviews.select_related("clinician", "response")
    return [
        {
            "by": str(review.clinician),
            "at": moments.moment(review.signed_at),
            "decision": DECISION_WORDS[review.decision],
            "reason": dict(REASONS[review.decision]).get(review.reason, ""),
            "note": review.note,
            "corrects": review.corrects_id is not None,
            "overrules": dict(OVERRULING).get(review.overrules, ""),
            "overruled": review.overruled,
        }
        for review in rows
    ]
