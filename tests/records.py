"""Records to test with, as the services would write them, unless told otherwise."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from screening import vault
from screening.models import (
    AlertEvent,
    AuditEvent,
    Evaluation,
    Protocol,
    Response,
    Review,
    Role,
    SafetyAlert,
    Staff,
)
from screening.services import auditing

ANSWERS = {"low": "yes", "wish-1": "no"}


def a_protocol(document: dict[str, Any]) -> Protocol:
    """Return a draft; publishing is for the tests of publishing."""
    protocol = Protocol.objects.create(**document["protocol"])
    protocol.write(document)
    return protocol


def a_member_of_staff(role: Role = Role.REVIEWER, **columns: Any) -> Staff:
    name = f"{role.value}-{uuid.uuid4().hex[:6]}"
    return Staff.objects.create_user(
        name, f"{name}@demo.invalid", role=role.value, **columns
    )


def a_draft(protocol: Protocol, **columns: Any) -> Response:
    response = Response(protocol=protocol, reference=uuid.uuid4().hex[:8].upper())
    response.key = vault.create_key(response.context)
    response.document = {"answers": ANSWERS, "withdrawn": [], "resume_code": "A1"}
    for name, value in columns.items():
        setattr(response, name, value)
    response.save(force_insert=True)
    return response


def a_sent_response(protocol: Protocol, **columns: Any) -> Response:
    now = timezone.now()
    sent = {"status": "completed", "submitted_at": now, "due_at": now, "priority": 6}
    return a_draft(protocol, **sent | columns)


def an_alerted_draft(protocol: Protocol, **columns: Any) -> Response:
    alerted = {"highest_tier": "b", "priority": 1, "due_at": timezone.now()}
    return a_draft(protocol, **alerted | columns)


def an_alert(response: Response, tier: str = "b", **columns: Any) -> SafetyAlert:
    alert = SafetyAlert(response=response, tier=tier, **columns)
    alert.details = {"criteria": ["u-wish"], "answers": {"wish-1": "yes"}}
    alert.save(force_insert=True)
    return alert


def an_alert_event(alert: SafetyAlert, kind: str, **columns: Any) -> AlertEvent:
    event = AlertEvent(alert=alert, kind=kind, **columns)
    event.details = {"note": "called twice"}
    event.save(force_insert=True)
    return event


def an_evaluation(response: Response, **columns: Any) -> Evaluation:
    evaluation = Evaluation(
        response=response,
        protocol=response.protocol,
        as_of=timezone.now().date(),
        engine_version="1",
        **columns,
    )
    evaluation.result = {"outcome": "possible-candidate"}
    evaluation.save(force_insert=True)
    return evaluation


def a_review(response: Response, clinician: Staff, **columns: Any) -> Review:
    columns = {"decision": "offer-consultation", "response_version": 0} | columns
    review = Review(response=response, clinician=clinician, **columns)
    review.note = "Fits the criteria."
    review.save(force_insert=True)
    return review


def an_audit_event(action: str = "response.viewed", **meta: Any) -> AuditEvent:
    with transaction.atomic():
        return auditing.record(action, actor_label="a test", **meta)
