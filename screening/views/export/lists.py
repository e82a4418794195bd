"""Whole lists of cases, row by row: those that wait, and those that were decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch

from screening.forms.review import DECISION_WORDS
from screening.models import REASONS, Response, Review
from screening.services.journey import codes
from screening.views.desk import queue_page
from screening.views.desk.queue_page import PRIORITIES, WORDS

LISTS = {"queue": "awaiting_review", "history": "reviewed"}
HEAD = (
    *("Reference", "Urgency", "Highest tier", "Sent", "Due", "With", "Alert with"),
    *("Safety findings", "Met", "Unknown", "Not answered", "Of"),
    *("Last decision", "Reason", "Signed by", "Signed"),
)
AT_ONCE = 500
SHUT = "Cannot be opened"


def rows(which: str) -> Iterator[list[Any]]:
    """Yield every case of a list; none is held longer than its line."""
    cases = getattr(Response.objects, LISTS[which])()
    cases = cases.select_related("assignee", "protocol").defer("sealed_answers")
    signed = Review.objects.select_related("clinician").defer("sealed_note")
    cases = cases.prefetch_related(queue_page.RAISED, Prefetch("reviews", signed))
    for case in cases.iterator(chunk_size=AT_ONCE):
        yield [*_place(case), *_found(case), *_decided(case)]


def _place(case: Response) -> list[Any]:
    return [
        codes.grouped(case.reference),
        WORDS[PRIORITIES[case.priority or 0]],
        case.highest_tier,
        _moment(case.submitted_at),
        _moment(case.due_at),
        str(case.assignee or ""),
        queue_page.alert_with(case),
    ]


def _found(case: Response) -> list[Any]:
    if case.is_erased:
        return ["Erased", "", "", "", ""]
    summary = queue_page.summary(case)
    if "unreadable" in summary:
        return [SHUT, "", "", "", ""]
    flags = [flag["words"] for flag in summary["flags"]]
    names = ("met", "unknown", "unanswered", "asked")
    return [flags, *(summary.get(name, "") for name in names)]


def _decided(case: Response) -> list[Any]:
    review = max(case.reviews.all(), key=lambda each: each.signed_at, default=None)
    if review is None:
        return ["", "", "", ""]
    return [
        DECISION_WORDS[review.decision],
        dict(REASONS[review.decision]).get(review.reason, ""),
        str(review.clinician),
        _moment(review.signed_at),
    ]


def _moment(at: Any) -> str:
    return at.isoformat(timespec="seconds") if at else ""
