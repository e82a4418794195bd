"""Whose case it is; who opens another's says why, and that is on record first."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from screening.models import AuditEvent, Outbox, Response, Role, Staff
from screening.services import auditing

REASONS = (
    ("covering", "I cover for them today"),
    ("asked", "They asked me to look"),
    ("patient-called", "The patient has called"),
    ("cannot-wait", "It cannot wait for them"),
    ("supervising", "I check how cases are read"),
)
ANYWAY = "response.opened-anyway"
TOLD = "A case was opened by somebody it was not given to"
# For so long one reason opens the case again; then it is asked for anew.
HOLDS = timedelta(hours=1)


class UnknownReason(ValueError):
    """None of the reasons for which another's case is opened."""


class NotAReader(ValueError):
    """Cases belong to people who may read them."""


def readers() -> list[Staff]:
    """Return those to whom a case may be given."""
    found = Staff.objects.filter(is_active=True, role__in=(Role.REVIEWER, Role.LEAD))
    return list(found.order_by("first_name", "last_name", "username"))


@transaction.atomic
def assign(response_id: uuid.UUID, *, to: Staff | None, by: Staff) -> None:
    """Give a case to somebody, or to nobody. What was read stays as it was read."""
    if to is not None and to not in readers():
        raise NotAReader(f"{to.pk} does not read answers.")
    response = Response.objects.select_for_update().get(pk=response_id)
    response.assignee = to
    response.save(update_fields=["assignee"])
    given = to.pk if to else None
    auditing.record("response.assigned", actor=by, subject=response, to=given)


def may_open(response: Response, by: Staff) -> bool:
    """Tell whether it opens without a reason: nobody's, one's own, or said before.

    Whoever owns an open alert of a case need not explain why they look.
    """
    if response.assignee_id in (None, by.pk):
        return True
    if response.alerts.filter(owner=by, closed_at__isnull=True).exists():
        return True
    said = AuditEvent.objects.filter(
        object_type="response", object_id=str(response.pk), action=ANYWAY, actor=by
    )
    return said.filter(at__gte=timezone.now() - HOLDS).exists()


@transaction.atomic
def open_anyway(response: Response, *, by: Staff, reason: str) -> None:
    """Put on record why somebody opens another's case, and have the leads told.

    Raises UnknownReason.
    """
    if reason not in dict(REASONS):
        raise UnknownReason(reason)
    whose = response.assignee_id
    event = auditing.record(
        ANYWAY, actor=by, subject=response, reason=reason, whose=whose
    )
    leads = Staff.objects.filter(is_active=True, role=Role.LEAD).exclude(pk=by.pk)
    for lead in leads.exclude(email=""):
        key = f"{ANYWAY}:{event.pk}:{lead.pk}"
        Outbox.objects.create(kind=ANYWAY, key=key, recipient=lead.email)
