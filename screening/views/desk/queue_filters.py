"""What of the queue is shown, over clear columns alone: a link says no more.

A view is a filter with a name: the clinic's own, or one that a clinician has kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import Q
from django.utils import timezone

from screening.models import QueueView, Response, Staff
from screening.models.queue import (
    ALERTED,
    LAST_URGENT,
    SENT,
    URGENT,
    ResponseQuerySet,
    ResponseStatus,
)
from screening.services import promises

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
DOCTOR_FIRST = LAST_URGENT + 1
# A million rows are not counted for a number that nobody reads.
MANY = 1000


@dataclass(frozen=True)
class Part:
    """One column to filter by, and what may be chosen of it."""

    words: str
    anything: str
    choices: Mapping[str, str]


PARTS = {
    "with": Part(
        "With",
        "Anybody",
        {"me": "Me", "nobody": "Nobody", "others": "Somebody else"},
    ),
    "due": Part("Due", "At any time", {"overdue": "Overdue", "today": "Still today"}),
    "level": Part(
        "Level",
        "Any",
        {
            "urgent": "Urgent",
            "doctor-first": "Doctor decides first",
            "other": "Neither of these",
        },
    ),
    "state": Part(
        "Answers",
        "All",
        {"sent": "Sent", "unsent": "Not sent", "asked": "Asked again"},
    ),
}


def cases(
    view: str, by: Staff, parts: Mapping[str, str] | None = None
) -> ResponseQuerySet:
    """Return the cases of a view in the order of its list; an unknown one is all.

    `parts` narrow down those that wait, whatever the view.
    """
    waiting = Response.objects.awaiting_review()
    if parts:
        return waiting.filter(*(_of(parts, by)[key] for key in parts.items()))
    if view == DECIDED:
        return Response.objects.reviewed()
    if view == SPAM:
        return Response.objects.spam()
    chosen: dict[str, Callable[[], Q]] = {
        "mine": lambda: Q(assignee=by),
        "nobody": lambda: Q(assignee=None),
        "overdue": lambda: Q(due_at__lt=timezone.now()),
        "urgent": lambda: ALERTED & URGENT,
        "drafts": lambda: UNSENT & ALERTED & ~SENT,
    }
    return waiting.filter(chosen[view]()) if view in chosen else waiting


def _of(parts: Mapping[str, str], by: Staff) -> dict[tuple[str, str], Q]:
    now = timezone.now()
    return {
        ("with", "me"): Q(assignee=by),
        ("with", "nobody"): Q(assignee=None),
        ("with", "others"): Q(assignee__isnull=False) & ~Q(assignee=by),
        ("due", "overdue"): Q(due_at__lt=now),
        ("due", "today"): Q(due_at__gte=now, due_at__lt=_midnight(now)),
        ("level", "urgent"): URGENT,
        ("level", "doctor-first"): Q(priority=DOCTOR_FIRST),
        ("level", "other"): Q(priority__gt=DOCTOR_FIRST),
        ("state", "sent"): SENT,
        ("state", "unsent"): UNSENT & ALERTED & ~SENT,
        ("state", "asked"): Q(
            status=ResponseStatus.AMENDED.value, amends__isnull=False
        ),
    }


def _midnight(now: datetime) -> datetime:
    tomorrow = promises.local(now) + timedelta(days=1)
    return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0)


def parts(said: Mapping[str, Any]) -> dict[str, str]:
    """Return what is chosen of each column, in one order; what is not known is not."""
    known = ((name, str(said.get(name, ""))) for name in PARTS)
    return {name: code for name, code in known if code in PARTS[name].choices}


def query(parts: Mapping[str, str]) -> str:
    """Return it as a link says it, and as a kept view has it."""
    return urlencode(parts)


def controls(chosen: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {"name": name, "part": part, "chosen": chosen.get(name, "")}
        for name, part in PARTS.items()
    ]


def links(view: str, chosen: Mapping[str, str], by: Staff) -> list[dict[str, Any]]:
    """Return each view with how many it holds: the clinic's, then one's own."""
    ours = [
        _link(words, f"view={code}" if code else "", cases(code, by))
        | {"chosen": code == view and not chosen}
        for code, words in WORDS.items()
    ]
    return ours + [_own(each, chosen, by) for each in QueueView.objects.of(by)]


def _own(kept: QueueView, chosen: Mapping[str, str], by: Staff) -> dict[str, Any]:
    held = parts(dict(parse_qsl(kept.filters)))
    link = _link(kept.name, query(held), cases(WAITING, by, held))
    return link | {"own": kept.pk, "chosen": bool(held) and held == chosen}


def _link(words: str, query: str, found: ResponseQuerySet) -> dict[str, Any]:
    return {"words": words, "query": query, "count": counted(found)}


def counted(found: ResponseQuerySet) -> str:
    """Return how many there are, up to a number beyond which nobody minds."""
    total = found.order_by()[:MANY].count()
    return f"{MANY - 1} or more" if total == MANY else str(total)
