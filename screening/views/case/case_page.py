"""A case in words: red flags first, then every finding with the answers behind it.

Templates never receive a Truth: they get `met`, `not-met`, `unknown`, `not-asked`.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from screening.engine import words
from screening.engine.evaluation import Outcome, Result, conclude
from screening.engine.journey import Journey
from screening.engine.protocol import Indication
from screening.engine.truth import TRUE, UNKNOWN
from screening.models import Response
from screening.services import promises
from screening.services.desk import assigning, finding, lowering
from screening.views import moments
from screening.views.case import (
    case_disagreements,
    case_findings,
    case_gaps,
    case_links,
    case_record,
    case_scores,
    case_timeline,
    case_told,
)
from screening.views.desk import queue_page

NOTHING_FOUND = (
    "None of the clinic's indications was found in these answers. "
    "A doctor may still review."
)
URGENT_ALONE = (
    "More information needed: an urgent finding stands. "
    "None of the clinic's indications was found in these answers."
)
BY_THEMSELVES = "self"


def context(response: Response) -> dict[str, Any]:
    """Return all that the case page shows, worked out again from the stored inputs."""
    document = response.document
    result = conclude(_journey(response, document))
    journey = result.journey
    return {
        "case": header(response, journey),
        "outcome": outcome(result),
        "problems": result.problems,
        "same_person": [queue_page.place(e) for e in finding.same_person(response)],
        "readers": assigning.readers(),
        "may_lower": lowering.may_lower(response),
        "lowering_reasons": lowering.REASONS,
        "next_case": queue_page.next_case(response),
        "printed": moments.in_full(timezone.now()),
        "alerts": case_record.alerts(response),
        "timeline": case_timeline.timeline(response),
        "reviews": case_record.reviews(response),
        **case_told.told(response, document["answers"]),
        **_with_disagreements(response, _findings(result)),
        **case_links.asked(response, result),
        **_answers(journey, document),
    }


def _with_disagreements(response: Response, found: dict[str, Any]) -> dict[str, Any]:
    said = case_disagreements.standing(response)
    case_disagreements.beside(found, said)
    address = reverse("disagree", args=[response.pk])
    return found | {
        "disagreements": said,
        "disagreeable": True,
        "disagree_url": address,
    }


def made_up(result: Result) -> dict[str, Any]:
    """Return what follows from the answers of somebody who was never there."""
    document: dict[str, Any] = {"withdrawn": []}
    shown: dict[str, Any] = {"outcome": outcome(result), "problems": result.problems}
    shown["case"] = {"protocol": result.journey.protocol.version, "is_draft": True}
    return shown | _findings(result) | _answers(result.journey, document)


def _findings(result: Result) -> dict[str, Any]:
    protocol = result.journey.protocol
    safety = tuple(c for c in protocol.safety if c.kind in case_findings.LEVELS)
    not_judged = case_gaps.not_judged(result)
    return {
        "flags": case_findings.flags(result),
        "contradictions": case_findings.contradictions(result),
        "not_judged": [each for each in not_judged if each["level"] != "Look"],
        "not_judged_look": [each for each in not_judged if each["level"] == "Look"],
        "counts": case_findings.counts(result, safety),
        "indications": case_findings.indications(result),
        "instruments": case_scores.instruments(result),
        "tallies": case_scores.tallies(result),
        "settling": case_scores.settling(result),
    }


def _answers(journey: Journey, document: dict[str, Any]) -> dict[str, Any]:
    return {
        "asks": "\n".join(_said(journey, "questions-for-doctor")),
        "medicines": case_record.medicines(journey),
        "pages": case_record.pages(journey),
        "withdrawn": case_record.withdrawn(journey, document),
    }


def _journey(response: Response, document: dict[str, Any]) -> Journey:
    """Walk as on the day of the last evaluation; a draft is judged as of today."""
    days = response.evaluations.order_by("-created_at").values_list("as_of", flat=True)
    as_of = days.first() or promises.local(timezone.now()).date()
    return Journey(response.protocol.engine, document["answers"], as_of)


def header(response: Response, journey: Journey) -> dict[str, Any]:
    age = journey.facts["age-years"]
    sent = response.submitted_at
    return queue_page.place(response) | {
        "name": journey.answers.get("full-name", ""),
        "age": words.measure(age) if age is not None else "",  # type: ignore[arg-type]
        "phone": journey.answers.get("phone", ""),
        "email": journey.answers.get("email", ""),
        "contact": _said(journey, "contact-ok"),
        "adult": _said(journey, "adult-contact"),
        "answered_by": _answered_by(journey),
        "recorded_by": str(response.recorded_by or ""),
        "sent": moments.moment(sent) if sent else "",
        "saved": moments.moment(response.saved_at),
        "protocol": response.protocol.version,
        "assignee_key": response.assignee_id,
        "version": response.version,
    }


def outcome(result: Result) -> list[str]:
    """Return what follows by the clinic's criteria, in sentences that promise nothing.

    There is no single verdict: what is met and what is unknown stand side by side.
    """
    listed = result.journey.protocol.indications
    met = [each for each in listed if _is(result, each, TRUE)]
    unknown = [each.title for each in listed if _is(result, each, UNKNOWN)]
    said = _candidate(met) if met else []
    if unknown:
        said.append(f"More information needed for: {'; '.join(unknown)}.")
    if said:
        return said
    urgent = result.outcome is Outcome.MORE_INFORMATION_NEEDED
    return [URGENT_ALONE if urgent else NOTHING_FOUND]


def _candidate(met: list[Indication]) -> list[str]:
    """Name what is met, and the pathway: doses for pain and for mood differ."""
    each = "it" if len(met) == 1 else "each of them"
    return [
        f"Possible candidate for: {'; '.join(one.title for one in met)}. As answered, "
        f"each of the clinic's criteria for {each} is met. For the doctor to review. "
        "Not a diagnosis.",
        f"Pathway: {' and '.join(dict.fromkeys(one.pathway for one in met))}.",
    ]


def _is(result: Result, indication: Any, truth: Any) -> bool:
    return result.indications[indication.code] is truth


def _answered_by(journey: Journey) -> str:
    if journey.answers.get("who-answers") == BY_THEMSELVES:
        return ""
    return "; ".join(_said(journey, "who-answers"))


def _said(journey: Journey, link_id: str) -> list[str]:
    item = journey.protocol.item.get(link_id)
    return words.said(item, journey.answers.get(link_id)) if item else []
