"""The standing views of the queue, over clear columns alone: a link says no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.utils import timezone

from screening.models import Response, Staff
from screening.models.queue import ALERTED, SENT, ResponseQuerySet, ResponseStatus

WAITING, DECIDED, SPAM = "", "decided", "spam"
WORDS = {
    WAITING: "All that wait",
    "mine": "Mine",
    "nobody": "With nobody",
    "overdue": "Overdue",
    "urgent": "Urgent",
    "drafts": "Not sent",
    SPAM: "Spam",
    DECIDED: "Decided",
}
UNSENT = Q(status=ResponseStatus.IN_PROGRESS.value)
# A million rows are not counted for a number that nobody reads.
MANY = 1000


def cases(view: str, by: Staff) -> ResponseQuerySet:
    """Return the cases of a view in the order of its list; an unknown one is all."""
    if view == DECIDED:
        return Response.objects.reviewed()
    if view == SPAM:
        return Response.objects.spam()
    waiting = Response.objects.awaiting_review()
    chosen: dict[str, Callable[[], Q]] = {
        "mine": lambda: Q(assignee=by),
        "nobody": lambda: Q(assignee=None),
        "overdue": lambda: Q(due_at__lt=timezone.now()),
        "urgent": lambda: ALERTED,
        "drafts": lambda: UNSENT & ALERTED & ~SENT,
    }
    return waiting.filter(chosen[view]()) if view in chosen else waiting


def links(chosen: str, by: Staff) -> list[dict[str, Any]]:
    """Return each view with how many it holds."""
    return [
        {
            "code": code,
            "words": words,
            "count": counted(cases(code, by)),
            "chosen": code == chosen,
        }
        for code, words in WORDS.items()
    ]


def counted(found: ResponseQuerySet) -> str:
    """Return how many there are, up to a number beyond which nobody minds."""
    total = found.order_by()[:MANY].count()
    return f"{MANY - 1} or more" if total == MANY else str(total)
