"""What a case holds besides its flags: answers, medicines, alerts, and its history."""

from __future__ import annotations

from typing import Any

from screening.engine import words
from screening.engine.evaluation import Finding, Result
from screening.engine.explanation import explain
from screening.engine.facts import is_absent
from screening.engine.journey import Journey
from screening.engine.protocol import Item
from screening.models import REASONS, AuditEvent, Response
from screening.services import alerting
from screening.views import wording

ACTIONS = {
    "response.started": "Started",
    "response.submitted": "Sent",
    "response.evaluated": "Evaluated",
    "response.viewed": "Opened",
    "review.signed": "Decision signed",
}


def finding_in_words(result: Result, finding: Finding) -> dict[str, Any]:
    """Return a finding for a template: plain words, the answers, the sources."""
    protocol, criterion = result.journey.protocol, finding.criterion
    why = explain(result, finding)
    return {
        "code": criterion.code,
        "kind": criterion.kind.value,
        "tier": criterion.tier,
        "about": criterion.about,
        "word": finding.word,
        "suppressed": finding.suppressed,
        "statement": criterion.statement,
        "rationale": criterion.rationale,
        "default": criterion.default,
        "sources": [protocol.source[code] for code in criterion.sources],
        "groups": why.groups,
        "decisive": why.decisive,
        "said": _said(result, why.decisive),
    }


def _said(result: Result, decisive: Any) -> list[dict[str, Any]]:
    """Return the answers behind a finding, each question once."""
    journey = result.journey
    asked = dict.fromkeys(link for each in decisive for link in each.because_of)
    rows = []
    for link_id in asked:
        item = journey.protocol.item[link_id]
        said = words.said(item, journey.answers.get(link_id))
        if said:
            rows.append({"question": item.text, "said": said})
    return rows


def medicines(journey: Journey) -> list[dict[str, Any]]:
    """Return each medicine as it was typed and as it was read."""
    rows = []
    for item in journey.open.values():
        if item.type == "group":
            rows += [_medicine(journey, item, row) for row in _rows(journey, item)]
    return rows


def _rows(journey: Journey, item: Item) -> list[Any]:
    held: Any = journey.answers.get(item.link_id)
    return list(held or [])


def _medicine(journey: Journey, item: Item, row: dict[str, Any]) -> dict[str, Any]:
    name = next((f.link_id for f in item.fields if f.role == "name"), "")
    typed = str(row.get(name, ""))
    state, read, candidate = wording.reading(journey, typed)
    rest = [f for f in item.fields if f.role != "name"]
    return {
        "list": item.link_id,
        "typed": typed,
        "state": state,
        "read": read,
        "candidate": candidate,
        "details": [
            {"label": f.text, "said": "; ".join(words.said(f, row.get(f.link_id)))}
            for f in rest
            if words.said(f, row.get(f.link_id))
        ],
    }


def sections(journey: Journey, document: dict[str, Any]) -> list[dict[str, Any]]:
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
        "link_id": item.link_id,
        "said": words.said(item, journey.answers.get(item.link_id)),
        "blank": fact is None,
        "absent": is_absent(fact),
    }


def withdrawn(journey: Journey, document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the red answers that were changed or closed, first and last answer."""
    return [
        {
            "question": journey.protocol.item[entry["link_id"]].text,
            "first": words.said(
                journey.protocol.item[entry["link_id"]], entry["answer"]
            ),
            "now": words.said(journey.protocol.item[entry["link_id"]], entry["now"]),
            "at": entry["at"],
        }
        for entry in document.get("withdrawn", [])
        if entry["link_id"] in journey.protocol.item
    ]


def alerts(response: Response, journey: Journey) -> list[dict[str, Any]]:
    rows = response.alerts.select_related("owner", "response").order_by("-tier")
    return [
        {
            "key": alert.pk,
            "tier": alert.tier,
            "raised_at": alert.raised_at,
            "owner": str(alert.owner or ""),
            "closed_at": alert.closed_at,
            "due": alerting.deadline(alert.tier, alert.raised_at),
            "events": list(alert.events.select_related("by")),
            "closing_reasons": alerting.CLOSING_REASONS,
        }
        for alert in rows
    ]


def timeline(response: Response) -> list[dict[str, Any]]:
    """Return who did or saw what with this response, oldest first."""
    events = AuditEvent.objects.filter(
        object_type="response", object_id=str(response.pk)
    ).exclude(action="response.saved")
    return [
        {
            "at": event.at,
            "who": str(event.actor or event.actor_label or "Patient"),
            "what": ACTIONS.get(event.action, event.action),
        }
        for event in events.select_related("actor")
    ]


def reviews(response: Response) -> list[dict[str, Any]]:
    rows = response.reviews.select_related("clinician", "response")
    return [
        {
            "by": str(review.clinician),
            "at": review.signed_at,
            "decision": review.decision,
            "reason": dict(REASONS[review.decision]).get(review.reason, ""),
            "note": review.note,
            "corrects": review.corrects_id is not None,
        }
        for review in rows
    ]
