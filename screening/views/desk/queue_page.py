"""The queue in words: one page of it, most pressing first."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.db.models import Count, Prefetch, Q, prefetch_related_objects
from django.utils import timezone

from screening import vault
from screening.engine.evaluation import Priority
from screening.forms.review import DECISION_WORDS
from screening.models import Decision, Response, Review, SafetyAlert, Staff
from screening.models.queue import ResponseQuerySet
from screening.services import alerting, reviewing
from screening.services.desk import telling
from screening.services.journey import codes
from screening.views import moments
from screening.views.desk import queue_filters

# All that were ever raised on a case, the most urgent first.
RAISED = Prefetch(
    "alerts",
    SafetyAlert.objects.order_by("-tier", "raised_at", "id").select_related("owner"),
    to_attr="alerts_raised",
)
PAGE = 50
TOP_FLAGS = 3
PRIORITIES = list(Priority)
OVERDUE = "Overdue"
WORDS = {
    Priority.EMERGENCY: "Call now",
    Priority.NOW: "Call now",
    Priority.TODAY: "Contact today",
    Priority.DOCTOR_FIRST: "Doctor decides first",
    Priority.SOON: "Read soon",
    Priority.ASK: "Ask for more",
    Priority.ROUTINE: "Routine",
}
LEVELS = {
    Priority.EMERGENCY: "Urgent",
    Priority.NOW: "Urgent",
    Priority.TODAY: "Urgent",
    Priority.DOCTOR_FIRST: "Doctor decides",
}


def context(
    by: Staff,
    *,
    view: str = "",
    parts: Mapping[str, str] | None = None,
    after: str = "",
    signed: str = "",
) -> dict[str, Any]:
    """Return one page of the queue, of one of its views, or of what `parts` leave.

    `after` is the key of the row before it; `signed` that of a case just decided.
    """
    parts = parts or {}
    view = view if view in queue_filters.WORDS and not parts else ""
    reviewing.list_cases(by=by, view=view, filters=queue_filters.query(parts))
    found = queue_filters.cases(view, by, parts)
    rows = _page(found, view, after)
    apart = "Duplicate or spam" if view == queue_filters.SPAM else ""
    shown = groupby(map(row, rows[:PAGE]), key=lambda row: apart or row["group"])
    views = queue_filters.links(view, parts, by)
    chosen = next((each for each in views if each["chosen"]), None)
    return {
        "here": "queue",
        "groups": [{"title": title, "rows": list(rows)} for title, rows in shown],
        "after": rows[PAGE - 1].pk if len(rows) > PAGE else "",
        "is_first": not after,
        "size": PAGE,
        "view": view,
        "views": views,
        "chosen": chosen,
        "total": chosen["count"] if chosen else queue_filters.counted(found),
        "query": queue_filters.query(parts or ({"view": view} if view else {})),
        "checked": moments.moment(timezone.now()),
        "signed": signed_case(signed),
        "parts": parts,
        "controls": queue_filters.controls(parts),
    }


def banner() -> dict[str, Any] | None:
    """Return how many alerts are open, and the one to open first; None without any."""
    alerts = SafetyAlert.objects.open().order_by()
    unowned = Count("pk", filter=Q(owner__isnull=True))
    counts = alerts.aggregate(total=Count("pk"), unowned=unowned)
    if not counts["total"]:
        return None
    pressing = SafetyAlert.objects.unowned() if counts["unowned"] else alerts.all()
    alert = pressing.order_by("-tier", "raised_at", "id").select_related("response")[0]
    now = timezone.now()
    return counts | {
        "key": alert.pk,
        "case": alert.response_id,
        "reference": codes.grouped(alert.response.reference),
        "tier": alert.tier,
        "age": moments.age(now, alert.raised_at),
        "due": moments.due(now, alerting.deadline(alert.tier, alert.raised_at)),
    }


def signed_case(key: str) -> dict[str, Any] | None:
    """Return the case that was decided just now, to go back to."""
    found = Response.objects.filter(pk=key).first() if _is_key(key) else None
    if found is None:
        return None
    last = found.reviews.order_by("-signed_at").first()
    return {
        "key": found.pk,
        "reference": codes.grouped(found.reference),
        "waits": found.reviewed_at is None,
        "review": last and last.pk,
        "by": last and last.clinician_id,
        "tells": last is not None and last.decision in telling.TEMPLATES,
    }


def next_case(response: Response) -> Response | None:
    """Return the case that waits behind this one, if any."""
    found = Response.objects.awaiting_review().most_pressing(1, behind=response)
    return found[0] if found else None


def row(response: Any) -> dict[str, Any]:
    """Return a row of the queue; what it shows of others was fetched along with it."""
    priority = PRIORITIES[response.priority]
    found = place(response) | summary(response)
    tier = f", tier {found['tier']}" if found["tier"] and response.is_urgent else ""
    return found | {
        "group": _group(response, f"{WORDS[priority]}{tier}", found["overdue"]),
        "level": LEVELS.get(priority) or ("Look" if found["flags"] else "None"),
        "alert_with": alert_with(response),
        "signed": _signed(response),
        "is_amended": bool(response.newer),
        "top": found["flags"][:TOP_FLAGS],
        "more": max(0, len(found["flags"]) - TOP_FLAGS),
        # Only an unanswered urgent question lifts a case so far without a tier.
        "urgent_unknown": priority is Priority.TODAY
        and not any(flag["kind"] == "urgent" for flag in found["flags"]),
    }


def _group(response: Response, priority: str, late: bool) -> str:
    if response.reviewed_at:
        return "Decided"
    return OVERDUE if late and not response.is_urgent else priority


def place(response: Response) -> dict[str, Any]:
    """Return where a case stands in the queue: how pressing, since when, due when."""
    now = timezone.now()
    priority = PRIORITIES[response.priority or 0]
    return {
        "key": response.pk,
        "reference": codes.grouped(response.reference),
        "priority": priority.value,
        "priority_words": WORDS[priority],
        "tier": response.highest_tier,
        "lowered": bool(response.highest_tier) and not response.is_urgent,
        "waiting": moments.age(now, response.submitted_at or response.saved_at),
        "due": moments.due(now, response.due_at),
        "overdue": response.due_at is not None and response.due_at < now,
        "is_draft": response.submitted_at is None,
        "is_spam": response.is_spam,
        "decided": moments.moment(response.reviewed_at) if response.reviewed_at else "",
        "assignee": str(response.assignee or ""),
    }


def alert_with(response: Any) -> str:
    """Return who has its most pressing open alert that somebody has."""
    alerts = [alert for alert in response.alerts_raised if alert.closed_at is None]
    return next((str(alert.owner) for alert in alerts if alert.owner), "")


def _signed(response: Any) -> str:
    """Return what was signed last and by whom: it may wait all the same."""
    last = response.signed[-1] if response.signed else None
    if last is None or last.decision == Decision.TAKEN_BACK:
        return ""
    return f"{DECISION_WORDS[last.decision]}, {last.clinician}"


def summary(response: Any) -> dict[str, Any]:
    """Return what was found in a case; its alerts were fetched along with it."""
    try:
        return response.summary or _of_a_draft(response)
    except vault.Unreadable:
        return {"unreadable": True, "flags": []}


def _of_a_draft(response: Any) -> dict[str, Any]:
    """Return what is known of a case that was not sent: why its alerts were raised."""
    statements = {c.code: c.statement for c in response.protocol.engine.safety}
    raised: dict[str, str] = {}
    for details in (alert.details for alert in response.alerts_raised):
        said = statements | details.get("statements", {})
        raised |= {code: said[code] for code in details["criteria"]}
    flags = [
        {"kind": "urgent", "code": code, "words": words}
        for code, words in raised.items()
    ]
    return {"flags": flags}


def _page(found: ResponseQuerySet, view: str, after: str) -> list[Any]:
    """Return one row more than the page shows: it tells whether there is a next."""
    placed = Response.objects.filter(priority__isnull=False)
    last = placed.filter(pk=after).first() if _is_key(after) else None
    found = found.select_related("assignee", "protocol").defer("sealed_answers")
    if view == queue_filters.DECIDED:
        rows = list((found.decided_before(last) if last else found)[: PAGE + 1])
    else:
        rows = found.most_pressing(PAGE + 1, behind=last)
    _fetch_along(rows)
    return rows


def _fetch_along(rows: list[Any]) -> None:
    """Fetch what rows show of others, for these rows alone: never for a whole list."""
    signed = Review.objects.select_related("clinician").defer("sealed_note")
    newer = Response.objects.sent().only("amends")
    prefetch_related_objects(
        rows,
        RAISED,
        Prefetch("reviews", signed, to_attr="signed"),
        Prefetch("amendments", newer, to_attr="newer"),
    )


def _is_key(text: str) -> bool:
    try:
        return bool(uuid.UUID(text))
    except ValueError:
        return False
