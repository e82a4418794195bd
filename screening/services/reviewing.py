"""A clinician reviews: every opening is recorded first, every decision is appended."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from screening.engine.truth import TRUE, UNKNOWN
from screening.models import (
    REASONS,
    Counted,
    Decision,
    NoteDraft,
    Response,
    Review,
    Staff,
)
from screening.services import auditing
from screening.services.desk import noting, overruling
from screening.services.figures import daily

# After these the response leaves the queue; a call that is due today keeps it there.
SETTLES = frozenset(Decision) - {Decision.URGENT_CONTACT, Decision.TAKEN_BACK}

Demands = list[overruling.Demand]


class CaseChanged(Exception):
    """Somebody wrote to the case since it was opened; the caller keeps the note."""


class UnknownReason(ValueError):
    """A reason that does not belong to the decision."""


@transaction.atomic
def open_case(response: Response, *, by: Staff, how: str = "viewed") -> None:
    """Record that a case is opened. Call it before any answer is decrypted."""
    auditing.record(f"response.{how}", actor=by, subject=response)


@transaction.atomic
def list_cases(*, by: Staff, view: str, filters: str) -> None:
    """Record that a page of the queue is opened. Call it before a row is decrypted."""
    auditing.record("responses.listed", actor=by, view=view, filters=filters)


@transaction.atomic
def export_list(which: str, *, by: Staff) -> None:
    """Record that a whole list is taken. Call it before any of it is decrypted."""
    auditing.record("responses.exported", actor=by, list=which)


@transaction.atomic
def sign(
    response_id: uuid.UUID,
    *,
    by: Staff,
    decision: str,
    reason: str,
    version: int,
    note: str = "",
    overrules: str = "",
    at: datetime | None = None,
) -> Review:
    """Append a signed decision to what was read at `version`.

    A later decision corrects the one before it. The response leaves the queue when the
    decision settles it and no alert is open. Raises CaseChanged, UnknownReason; and
    Overrules where it is calmer than a red flag demands and `overrules` says not why.
    """
    check_reason(decision, reason)
    response = Response.objects.select_for_update().get(pk=response_id)
    if response.version != version:
        raise CaseChanged
    demanded = overruling.demands(response)
    calmer = overruling.too_calm(demanded, decision)
    if calmer and not overruling.is_explained(overrules, note):
        raise overruling.Overrules(calmer)
    review = Review(
        response=response,
        evaluation=response.evaluations.order_by("-created_at").first(),
        clinician=by,
        decision=decision,
        reason=reason,
        signed_at=at or timezone.now(),
        corrects=response.reviews.order_by("-signed_at").first(),
        overrules=overrules if calmer else "",
        response_version=version,
    )
    _append(review, note, demanded, calmer)
    _count(review)
    return review


@transaction.atomic
def take_back(response_id: uuid.UUID, *, review_id: uuid.UUID, by: Staff) -> Review:
    """Undo one's own latest decision by a new one that says so; nothing is erased.

    Its note is there to write on, unless a newer one was begun. Raises CaseChanged
    when somebody has signed or written since.
    """
    response = Response.objects.select_for_update().get(pk=response_id)
    last = response.reviews.order_by("-signed_at").first()
    if last is None or (last.pk, last.clinician_id) != (review_id, by.pk):
        raise CaseChanged
    if last.decision == Decision.TAKEN_BACK:
        raise CaseChanged
    note = noting.kept(response, by=by) or last.note
    undoing = sign(
        response_id,
        by=by,
        decision=Decision.TAKEN_BACK.value,
        reason="mistake",
        version=response.version,
    )
    noting.keep(response, note, by=by)
    # What was undone has overruled nothing: its own day loses it again.
    daily.take_away(Counted.DEMANDED, last.demanded, at=last.signed_at)
    daily.take_away(Counted.OVERRULED, last.overruled, at=last.signed_at)
    return undoing


def check_reason(decision: str, reason: str) -> None:
    """Raise UnknownReason unless the reason is one of the decision's own."""
    if reason not in dict(REASONS.get(decision, ())):
        raise UnknownReason(f"{reason!r} is not a reason for {decision!r}.")


def _append(review: Review, note: str, demanded: Demands, calmer: Demands) -> None:
    if note:
        review.note = note
    if demanded:
        review.demanded = [each.code for each in demanded]
    if calmer:
        review.overruled = [each.code for each in calmer]
    review.save(force_insert=True)
    response, by = review.response, review.clinician
    _settle(response, review.decision, review.signed_at)
    NoteDraft.objects.filter(response=response, clinician=by).delete()
    auditing.record("review.signed", actor=by, subject=review, decision=review.decision)


def _settle(response: Response, decision: str, at: datetime) -> None:
    alarmed = response.alerts.filter(closed_at__isnull=True).exists()
    settled = decision in SETTLES and not alarmed
    response.reviewed_at = at if settled else None
    response.is_spam = decision == Decision.DUPLICATE_OR_SPAM
    response.version += 1
    response.save(update_fields=["reviewed_at", "is_spam", "version"])


def _count(review: Review) -> None:
    """Count what was decided on, without a word of whom: indications once a case."""
    if review.decision == Decision.TAKEN_BACK:
        return
    at = review.signed_at
    daily.add(Counted.DEMANDED, review.demanded, at=at)
    daily.add(Counted.OVERRULED, review.overruled, at=at)
    if review.corrects is None and review.evaluation is not None:
        truths = review.evaluation.result["indications"]
        for what, truth in ((Counted.MET, TRUE), (Counted.UNKNOWN, UNKNOWN)):
            daily.add(what, (k for k, t in truths.items() if t == truth.value), at=at)
