"""A case in words: red flags first, then every finding with the answers behind it.

Templates never receive a Truth: they get `met`, `not-met`, `unknown`, `not-asked`.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from screening.engine import words
from screening.engine.evaluation import Outcome, Result, conclude
from screening.engine.explanation import missing, report_scores
from screening.engine.journey import Journey
from screening.engine.protocol import Indication, Kind
from screening.engine.truth import FALSE, TRUE, UNKNOWN
from screening.models import Response
from screening.services import answering, codes
from screening.views import case_record, queue_page
from screening.views.case_record import finding_in_words

LEVELS = {
    Kind.URGENT: "Urgent",
    Kind.STOP: "Doctor decides",
    Kind.POSTPONE: "Look",
    Kind.CAUTION: "Look",
}
OUTCOMES = {
    Outcome.POSSIBLE_CANDIDATE: "Possible candidate",
    Outcome.MORE_INFORMATION_NEEDED: "More information needed",
    Outcome.NO_INDICATION_FOUND: "No indication found in these answers",
}
_ORDER = {TRUE: 0, UNKNOWN: 1, FALSE: 2}


def context(response: Response) -> dict[str, Any]:
    """Return all that the case page shows, worked out again from the stored inputs."""
    document = response.document
    evaluation = response.evaluations.order_by("-created_at").first()
    journey = answering.walk(response, document["answers"], timezone.now())
    if evaluation is not None:
        journey = Journey(
            response.protocol.engine, document["answers"], evaluation.as_of
        )
    result = conclude(journey)
    return {
        "response": response,
        "header": header(response, journey),
        "outcome": OUTCOMES[result.outcome],
        "flags": flags(result),
        "not_judged": not_judged(result),
        "counts": counts(result),
        "indications": indications(result),
        "scores": scores(result),
        "settling": settling(result),
        "medicines": case_record.medicines(journey),
        "sections": case_record.sections(journey, document),
        "withdrawn": case_record.withdrawn(journey, document),
        "alerts": case_record.alerts(response, journey),
        "timeline": case_record.timeline(response),
        "reviews": case_record.reviews(response),
        "problems": result.problems,
        "evaluation": evaluation,
    }


def header(response: Response, journey: Journey) -> dict[str, Any]:
    answers, protocol = journey.answers, journey.protocol
    age = journey.facts["age-years"]
    contact = protocol.item.get("contact-ok")
    return queue_page.row(response) | {
        "name": answers.get("full-name", ""),
        "age": words.measure(age) if age is not None else "",  # type: ignore[arg-type]
        "phone": answers.get("phone", ""),
        "email": answers.get("email", ""),
        "contact": words.said(contact, answers.get("contact-ok")) if contact else [],
        "who_answers": _said(journey, "who-answers"),
        "version": response.protocol.version,
        "reference": codes.grouped(response.reference),
    }


def flags(result: Result) -> list[dict[str, Any]]:
    """Return what is met among the safety criteria, the most pressing first."""
    found = [
        finding
        for kind in LEVELS
        for finding in result.findings.values()
        if finding.criterion.kind is kind and finding.truth is TRUE
    ]
    found.sort(key=lambda finding: finding.criterion.tier, reverse=True)
    order = list(LEVELS)
    found.sort(key=lambda finding: order.index(finding.criterion.kind))
    return [
        finding_in_words(result, finding) | {"level": LEVELS[finding.criterion.kind]}
        for finding in found
    ]


def not_judged(result: Result) -> list[dict[str, Any]]:
    """Return the safety criteria that are unknown: a blank is not a no."""
    return [
        finding_in_words(result, finding) | {"level": LEVELS[finding.criterion.kind]}
        for kind in LEVELS
        for finding in result.findings.values()
        if finding.criterion.kind is kind and finding.truth is UNKNOWN
    ]


def counts(result: Result) -> dict[str, int]:
    found = [finding.word for finding in result.findings.values()]
    return {
        "checked": len(found),
        "met": found.count("met"),
        "unknown": found.count("unknown"),
        "not_asked": found.count("not-asked"),
    }


def indications(result: Result) -> list[dict[str, Any]]:
    """Return every indication, those met first, those that are unknown next."""
    ordered = sorted(
        result.journey.protocol.indications,
        key=lambda indication: _ORDER[result.indications[indication.code]],
    )
    return [_indication(result, indication) for indication in ordered]


def _indication(result: Result, indication: Indication) -> dict[str, Any]:
    truth = result.indications[indication.code]
    found = [result.findings[criterion.code] for criterion in indication.criteria]
    says = {TRUE: "met", FALSE: "not-met", UNKNOWN: "unknown"}
    return {
        "code": indication.code,
        "title": indication.title,
        "pathway": indication.pathway,
        "word": says[truth],
        "criteria": [finding_in_words(result, finding) for finding in found],
    }


def scores(result: Result) -> list[dict[str, Any]]:
    """Return the scores worth showing, with their range, band and completeness."""
    protocol = result.journey.protocol
    reports = report_scores(result)
    return [
        {
            "title": score.title,
            "text": words.measure(result.scores[score.code]),
            "unit": score.unit,
            "report": reports[score.code],
            "maximum": score.maximum,
            "bands": [_band(band, score.maximum or band.high) for band in score.bands],
            "left": _share(reports[score.code].value, score.maximum),
            "default": score.default,
        }
        for score in protocol.score_list
        if score.shown and reports[score.code].asked
    ]


def _band(band: Any, maximum: float) -> dict[str, Any]:
    """Place a band on a strip 100 units wide."""
    whole = maximum + 1
    return {
        "text": band.text,
        "low": band.low,
        "high": band.high,
        "left": round(100 * band.low / whole, 2),
        "width": round(100 * (band.high - band.low + 1) / whole, 2),
    }


def _share(value: float | None, maximum: float | None) -> float | None:
    if value is None or maximum is None:
        return None
    return round(100 * (value + 0.5) / (maximum + 1), 2)


def settling(result: Result) -> list[dict[str, Any]]:
    """Return, for each unknown indication, the questions that would settle it."""
    protocol = result.journey.protocol
    titles = {i.code: i.title for i in protocol.indications}
    return [
        {
            "title": titles[code],
            "questions": [protocol.item[link_id].text for link_id in link_ids],
        }
        for code, link_ids in missing(result).items()
    ]


def _said(journey: Journey, link_id: str) -> str:
    item = journey.protocol.item.get(link_id)
    said = words.said(item, journey.answers.get(link_id)) if item else []
    return "; ".join(said)
