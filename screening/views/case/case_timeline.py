"""The history of a case: who did or saw what, in words, from the record itself."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.db.models import Q

from screening.forms.review import DECISION_WORDS
from screening.models import AuditEvent, Response, Staff
from screening.services.desk import assigning, lowering
from screening.views import moments
from screening.views.desk.queue_page import PRIORITIES, WORDS

ACTIONS = {
    "response.started": "Questionnaire started",
    "response.submitted": "Questionnaire sent",
    "response.evaluated": "Evaluated by the protocol",
    "response.viewed": "Case opened",
    "response.opened-anyway": "Opened though somebody else has it",
    "response.assigned": "Given",
    "response.lowered": "Priority lowered",
    "response.link-made": "Link to more questions made",
    "response.resumed": "Opened again with its code",
    "response.taken-up": "Answers gone on with by phone",
    "response.link-opened": "Link opened by the patient",
    "response.link-shut": "Link shut after wrong birth dates",
    "response.printed": "Basis sheet opened",
    "response.filed": "Basis saved as a PDF",
    "response.exported": "Exported as a file",
    "response.copied": "Copied for the patient",
    "responses.exported": "A list exported as a file",
    "responses.searched": "Searched for a person",
    "review.signed": "Decision signed",
    "finding.disagreed": "Disagreed with a finding",
    "finding.agreed-again": "Withdrew a disagreement",
    "patient.told": "Told the patient",
    "alert.raised": "Safety alert raised",
    "alert.viewed": "Safety alert opened",
    "alert.raised-again": "Safety alert raised again",
    "alert.acknowledged": "Safety alert taken",
    "alert.contacted": "Tried to reach the patient",
    "alert.escalated": "Safety alert passed on",
    "alert.withdrawn": "Urgent answer changed; the alert stays open",
    "alert.closed": "Safety alert closed",
    "alert.released": "Safety alert with nobody again: its owner has left",
}
OPENINGS = ("response.viewed", "alert.viewed", "response.printed", "response.filed")
REASONS = dict(assigning.REASONS) | dict(lowering.REASONS)
# One line for each page that was saved would drown the rest.
UNTOLD = ("response.saved",)
BY_PATIENT = ("response.started", "response.submitted", "response.link-opened")


def timeline(response: Response) -> list[dict[str, Any]]:
    """Return who did or saw what with this case, oldest first; nothing is left out.

    Openings by one person that nothing came between are one line, with their times.
    """
    alerts, reviews = response.alerts.values("pk"), response.reviews.values("pk")
    about = Q(object_type="response", object_id=str(response.pk))
    about |= Q(object_type="safetyalert", object_id__in=_keys(alerts))
    about |= Q(object_type="review", object_id__in=_keys(reviews))
    events = AuditEvent.objects.filter(about).exclude(action__in=UNTOLD)
    people = {person.pk: str(person) for person in Staff.objects.all()}
    runs = groupby(events.select_related("actor"), key=_run)
    return [_folded(list(run), people) for _, run in runs]


def _run(event: AuditEvent) -> tuple[Any, ...]:
    if event.action not in OPENINGS:
        return (event.seq,)
    return event.action, event.object_id, event.actor_id, event.actor_label


def _folded(run: list[AuditEvent], people: Mapping[int, str]) -> dict[str, Any]:
    times = [moments.moment(event.at) for event in run] if len(run) > 1 else []
    return _told(run[0], people) | {"times": times}


def _keys(rows: Any) -> list[str]:
    return [str(row["pk"]) for row in rows]


def _told(event: AuditEvent, people: Mapping[int, str]) -> dict[str, Any]:
    what = ACTIONS.get(event.action, event.action)
    software = "Patient" if event.action in BY_PATIENT else "Software"
    return {
        "at": moments.moment(event.at),
        "who": str(event.actor or event.actor_label or software),
        "what": what + _detail(event, people),
    }


def _detail(event: AuditEvent, people: Mapping[int, str]) -> str:
    """Return what was decided, to whom it was given, why it was opened or lowered."""
    meta = event.meta
    if event.action == "response.assigned":
        return f" to {people.get(meta['to'], 'nobody')}"
    if event.action == "review.signed":
        return f": {DECISION_WORDS[meta['decision']]}"
    if "reason" in meta:
        return f"{_moved(event)}: {REASONS.get(meta['reason'], meta['reason'])}"
    return f", tier {meta['tier']}" if meta.get("tier") else ""


def _moved(event: AuditEvent) -> str:
    if event.action != "response.lowered":
        return ""
    was, to = (WORDS[PRIORITIES[event.meta[name]]] for name in ("was", "to"))
    return f" from “{was}” to “{to}”"
