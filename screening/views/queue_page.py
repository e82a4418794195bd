"""The queue in words: one page of it, most pressing first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from screening import vault
from screening.engine.evaluation import Priority
from screening.models import Response, SafetyAlert
from screening.services import codes, promises

PAGE = 50
PRIORITIES = list(Priority)
WORDS = {
    Priority.EMERGENCY: "Call now",
    Priority.NOW: "Call now",
    Priority.TODAY: "Contact today",
    Priority.DOCTOR_FIRST: "Doctor decides first",
    Priority.SOON: "Possible candidate",
    Priority.ASK: "Ask",
    Priority.ROUTINE: "Routine",
}


def context(*, after: str = "") -> dict[str, Any]:
    """Return one page of the queue; `after` is the key of the row before it."""
    waiting = Response.objects.awaiting_review().select_related("assignee")
    rows = list(_following(waiting, after)[: PAGE + 1])
    return {
        "rows": [row(response) for response in rows[:PAGE]],
        "after": str(rows[PAGE - 1].pk) if len(rows) > PAGE else "",
        "total": Response.objects.awaiting_review().count(),
        "open_alerts": SafetyAlert.objects.open().count(),
        "checked_at": timezone.localtime(),
    }


def next_case(response: Response) -> Response | None:
    """Return the first case that waits, other than this one."""
    waiting = Response.objects.awaiting_review().exclude(pk=response.pk)
    found: Response | None = waiting.first()
    return found


def row(response: Response) -> dict[str, Any]:
    now = timezone.now()
    summary = _summary(response)
    priority = PRIORITIES[response.priority or 0]
    return {
        "key": response.pk,
        "reference": codes.grouped(response.reference),
        "priority": priority.value,
        "priority_words": WORDS[priority],
        "tier": response.highest_tier,
        "waiting": age(now, response.submitted_at or response.saved_at),
        "due": due(now, response.due_at),
        "overdue": response.due_at is not None and response.due_at < now,
        "is_draft": response.submitted_at is None,
        "assignee": str(response.assignee or ""),
        **summary,
    }


def age(now: datetime, then: datetime) -> str:
    """Return how long ago something was: `12 min`, `3 h`, `2 d 4 h`."""
    minutes = max(0, int((now - then).total_seconds() // 60))
    hours, days = minutes // 60, minutes // 1440
    if days:
        return f"{days} d {hours % 24} h"
    return f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"


def due(now: datetime, at: datetime | None) -> str:
    """Return when something is due, as people say it."""
    if at is None:
        return ""
    if at < now:
        return f"{age(now, at)} overdue"
    here = promises.local(at)
    time = promises.clock(here.time())
    same_day = here.date() == promises.local(now).date()
    return f"today, {time}" if same_day else f"{here:%a} {here.day} {here:%b}, {time}"


def _summary(response: Response) -> dict[str, Any]:
    try:
        found = response.summary
    except vault.Unreadable:
        return {"unreadable": True}
    return found or {"flags": [], "met": [], "unknown": []}


def _following(waiting: Any, after: str) -> Any:
    last = Response.objects.filter(pk=after).first() if _is_key(after) else None
    if last is None:
        return waiting
    here = Q(priority=last.priority)
    return waiting.filter(
        Q(priority__gt=last.priority)
        | (here & Q(due_at__gt=last.due_at))
        | (here & Q(due_at=last.due_at, pk__gt=last.pk))
    )


def _is_key(text: str) -> bool:
    return len(text) == 36 and text.replace("-", "").isalnum()
