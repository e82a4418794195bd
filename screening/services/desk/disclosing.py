"""A patient's copy of everything that is held about them, in plain JSON."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from screening.engine.protocol import Item, Protocol
from screening.models import AuditEvent, Response, SafetyAlert, Staff
from screening.services import auditing

TIMES = ("started_at", "saved_at", "submitted_at", "stopped_at", "reviewed_at")


@transaction.atomic
def copy_of(
    reference: str, *, by: Staff | None = None, actor_label: str = ""
) -> dict[str, Any]:
    """Return all that is held on a response, once it is on record that it was copied.

    Raises Response.DoesNotExist, vault.Unreadable.
    """
    rows: Any = Response.objects.select_related("protocol").by_reference(reference)
    response: Response = rows.get()
    auditing.record(
        "response.copied", actor=by, actor_label=actor_label, subject=response
    )
    return {
        "reference": response.reference,
        "protocol": {
            "url": response.protocol.url,
            "version": response.protocol.version,
        },
        "status": response.status,
        "priority": response.priority,
        "highest_tier": response.highest_tier,
        "times": {name: _moment(getattr(response, name)) for name in TIMES},
        **_said(response),
        "summary": response.summary,
        "evaluations": [_evaluation(each) for each in response.evaluations.all()],
        "alerts": [_alert(alert) for alert in response.alerts.order_by("raised_at")],
        "reviews": [_review(review) for review in response.reviews.all()],
        "disagreements": [_disagreement(row) for row in response.disagreements.all()],
        "record": _record(response),
    }


def _said(response: Response) -> dict[str, Any]:
    document = response.document
    questions = _questions(response.protocol.engine)
    answers = [
        {"link_id": link_id, "question": questions.get(link_id, ""), "answer": answer}
        for link_id, answer in document["answers"].items()
    ]
    others = {key: held for key, held in document.items() if key != "answers"}
    return {"answers": answers, "beside_the_answers": others}


def _questions(protocol: Protocol) -> dict[str, str]:
    items: list[Item] = [item for page in protocol.pages for item in page.items]
    return {item.link_id: item.text for item in items}


def _evaluation(evaluation: Any) -> dict[str, Any]:
    return {"as_of": evaluation.as_of.isoformat(), "result": evaluation.result}


def _alert(alert: SafetyAlert) -> dict[str, Any]:
    events = [
        {"kind": event.kind, "at": _moment(event.at), "details": event.details}
        for event in alert.events.select_related("alert__response")
    ]
    return {
        "tier": alert.tier,
        "raised_at": _moment(alert.raised_at),
        "closed_at": _moment(alert.closed_at),
        "details": alert.details,
        "events": events,
    }


def _review(review: Any) -> dict[str, Any]:
    return {
        "decision": review.decision,
        "reason": review.reason,
        "overrules": review.overrules,
        "overruled": review.overruled,
        "note": review.note,
        "signed_at": _moment(review.signed_at),
        "clinician": str(review.clinician),
    }


def _disagreement(row: Any) -> dict[str, Any]:
    said = {"by": str(row.by), "at": _moment(row.at), "stands": row.stands}
    details: dict[str, Any] = row.details
    return said | details


def _record(response: Response) -> list[dict[str, Any]]:
    """Return who did or saw what, as the audit trail has it."""
    events = AuditEvent.objects.filter(
        object_type="response", object_id=str(response.pk)
    )
    return [
        {
            "at": _moment(event.at),
            "action": event.action,
            "by": str(event.actor or event.actor_label),
        }
        for event in events.select_related("actor").order_by("seq")
    ]


def _moment(at: Any) -> str | None:
    return at.isoformat() if at else None
