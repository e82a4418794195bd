"""Who opened what, for the lead: from the record itself, the latest first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from screening.models import AuditEvent, Response, SafetyAlert, Staff
from screening.services.desk import assigning
from screening.services.journey import codes, resuming
from screening.views import moments
from screening.views.case import case_timeline

PAGE = 50
WEEK = timedelta(days=7)
OPENINGS = (
    *("response.viewed", assigning.ANYWAY, "alert.viewed"),
    *("response.printed", "response.filed"),
    *("response.exported", "response.copied"),
    *("responses.exported", "responses.searched", resuming.RESUMED),
)
# Patients come back with their code all day; by staff it is done once too often.
OF_PATIENTS = Q(action=resuming.RESUMED, actor=None)
# The numbers of events are 64 bits wide.
LAST = 2**63 - 1


def context(*, before: str = "", only: str = "") -> dict[str, Any]:
    """Return one page of it; `before` is the number of the event that follows it."""
    actions = (assigning.ANYWAY,) if only == "reasons" else OPENINGS
    events = AuditEvent.objects.filter(action__in=actions).exclude(OF_PATIENTS)
    if before.isdecimal():
        events = events.filter(seq__lt=min(int(before), LAST))
    found = list(events.order_by("-seq").select_related("actor")[: PAGE + 1])
    return {
        "here": "opened",
        "rows": _rows(found[:PAGE]),
        "before": found[PAGE - 1].seq if len(found) > PAGE else "",
        "only": "reasons" if only == "reasons" else "",
        "is_first": not before,
        "people": _week(),
        "checked": moments.moment(timezone.now()),
    }


def _week() -> list[dict[str, Any]]:
    """Return how much each person opened in the last week."""
    since = timezone.now() - WEEK
    events = AuditEvent.objects.filter(action__in=OPENINGS, at__gte=since)
    counted = events.exclude(actor=None).values("actor").order_by("actor")
    counts = counted.annotate(
        times=Count("seq"),
        cases=Count("object_id", distinct=True, filter=Q(object_type="response")),
        anyway=Count("seq", filter=Q(action=assigning.ANYWAY)),
    )
    people = Staff.objects.in_bulk([each["actor"] for each in counts])
    told = [each | {"who": str(people[each["actor"]])} for each in counts]
    return sorted(told, key=lambda each: (-each["anyway"], -each["times"]))


def _rows(events: Iterable[AuditEvent]) -> list[dict[str, Any]]:
    events = list(events)
    cases = _cases(events)
    return [
        {
            "at": moments.in_full(event.at),
            "who": str(event.actor or event.actor_label or "Software"),
            "what": case_timeline.ACTIONS.get(event.action, event.action),
            "why": dict(assigning.REASONS).get(event.meta.get("reason"), ""),
            "case": cases.get(event.object_id),
        }
        for event in events
    ]


def _cases(events: list[AuditEvent]) -> dict[str, dict[str, Any]]:
    """Return the case behind each thing that was opened, by the thing's key."""
    keys: dict[str, set[str]] = {"response": set(), "safetyalert": set()}
    for event in events:
        keys.setdefault(event.object_type, set()).add(event.object_id)
    responses = Response.objects.filter(pk__in=keys["response"]).only("reference")
    alerts = SafetyAlert.objects.filter(pk__in=keys["safetyalert"])
    found = {str(each.pk): each for each in responses}
    found |= {str(a.pk): a.response for a in alerts.select_related("response")}
    return {
        key: {"key": case.pk, "reference": codes.grouped(case.reference)}
        for key, case in found.items()
    }
