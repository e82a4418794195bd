"""The basis of an evaluation on paper: what it rests on, and what it does not know."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from screening.engine.evaluation import ENGINE_VERSION
from screening.models import Response
from screening.views import moments
from screening.views.case import case_page

INTENDED_USE = (
    "It helps a clinician decide what to do with a questionnaire that was sent to this "
    "clinic. It compares what was answered with the clinic's published criteria and "
    "shows the basis of each finding. It does not diagnose, and it decides nothing."
)
INTENDED_USERS = (
    "Clinicians of this clinic who are licensed to judge whether ketamine treatment "
    "may be offered. It is not for patients, and not for emergencies."
)
INTENDED_PATIENTS = (
    "Adults who ask this clinic about ketamine treatment and answered in their own "
    "words, or with the help of whoever is named below."
)
LIMITS = (
    "Every answer is the patient's own. None was checked against a record, a test or "
    "an examination.",
    "A question that was not asked, not answered or declined is not a “no”.",
    "The rules are fixed and compare answers alone. They estimate no risk, and no "
    "chance that a treatment helps.",
    "A screening result is not a diagnosis. Numbers marked as the clinic's default are "
    "the clinic's own choice.",
    "Medicines are read by name. A name that was not recognised was not judged.",
    "Rules that were not met do not mean that the matter is absent.",
)
NOTABLE = ("met", "unknown", "set-aside")


def context(response: Response) -> dict[str, Any]:
    """Return what the sheet says; findings that came to nothing are told by code."""
    found = case_page.context(response)
    evaluation = response.evaluations.order_by("-created_at").first()
    return found | {
        "intended": (INTENDED_USE, INTENDED_USERS, INTENDED_PATIENTS),
        "limits": LIMITS,
        "printed": moments.in_full(timezone.now()),
        "protocol": response.protocol,
        "engine": evaluation.engine_version if evaluation else ENGINE_VERSION,
        "as_of": evaluation.as_of.isoformat() if evaluation else "",
        "asked": _asked(found["pages"]),
        "sources": _sources(found),
        "rest": _rest(found["indications"]),
    }


def _asked(pages: list[dict[str, Any]]) -> dict[str, int]:
    rows = [row for page in pages for row in page["rows"]]
    blank = sum(row["is_blank"] for row in rows)
    unknown = sum(row["is_absent"] and not row["is_blank"] for row in rows)
    return {"questions": len(rows), "blank": blank, "unknown": unknown}


def _sources(found: dict[str, Any]) -> list[Any]:
    """Return what the findings that are told in full rest on, each source once."""
    told = [*found["flags"], *found["contradictions"]]
    for indication in found["indications"]:
        if indication["word"] not in NOTABLE:
            continue
        told += [c for c in indication["criteria"] if c["word"] in NOTABLE]
    cited = {source.code: source for each in told for source in each["sources"]}
    return [cited[code] for code in sorted(cited)]


def _rest(indications: list[dict[str, Any]]) -> list[str]:
    """Return the codes of the criteria that are not met or were not asked."""
    return [
        criterion["code"]
        for indication in indications
        for criterion in indication["criteria"]
        if criterion["word"] not in NOTABLE
    ]
