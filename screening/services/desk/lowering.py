"""Only a clinician lowers a priority: with a reason, on record, and no alert open."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from screening.engine.evaluation import beside_urgent
from screening.models import Response, Staff
from screening.services import auditing, promises, reviewing
from screening.services.journey import amending

REASONS = (
    ("talked", "I talked with the patient; it can wait for the review"),
    ("in-care", "Somebody looks after the patient until then"),
    ("misread", "The answers do not mean what the rule takes them for"),
    ("mistake", "Answered by mistake, as the patient told us"),
)


class NotToLower(Exception):
    """It is not urgent, it is decided, or an alert is still open."""


class UnknownReason(ValueError):
    """None of the reasons for which a case may wait."""


def may_lower(response: Response) -> bool:
    """Tell whether it stands among the urgent with nobody left to be called."""
    if not response.is_urgent or response.reviewed_at is not None:
        return False
    return not response.alerts.open().exists()


@transaction.atomic
def lower(
    response_id: uuid.UUID,
    *,
    by: Staff,
    reason: str,
    version: int,
    at: datetime | None = None,
) -> Response:
    """Put a case where it would stand without its urgent answers, with their promise.

    The tier it had is never forgotten, and what turns red later raises it again.
    Raises UnknownReason, NotToLower, reviewing.CaseChanged, vault.Unreadable.
    """
    if reason not in dict(REASONS):
        raise UnknownReason(reason)
    rows = Response.objects.select_for_update(of=("self",)).select_related("protocol")
    response: Response = rows.get(pk=response_id)
    if response.version != version:
        raise reviewing.CaseChanged
    if not may_lower(response):
        raise NotToLower
    was, response.priority = response.priority, _rank(response, at or timezone.now())
    response.due_at = promises.read_by(response.submitted_at or response.saved_at)
    response.version += 1
    response.save(update_fields=["priority", "due_at", "version"])
    auditing.record(
        "response.lowered",
        actor=by,
        subject=response,
        reason=reason,
        was=was,
        to=response.priority,
    )
    return response


def _rank(response: Response, at: datetime) -> int:
    result = amending.judged(response, response.document, at)
    return beside_urgent(result).rank
