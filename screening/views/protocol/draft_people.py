"""Golden patients of a draft: who flips, who is to be blessed, and their whole case."""

from __future__ import annotations

import uuid
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from screening.engine.evaluation import Result, evaluate
from screening.engine.protocol import Protocol as Rules
from screening.models import GoldenPatient, Protocol, Role
from screening.services.protocol import drafting, golden
from screening.views.access import clinician, staff
from screening.views.case import case_page
from screening.views.protocol import replay_page
from screening.views.protocol.drafts import FOLDER, READERS, current


@staff(*READERS)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    draft = current()
    context: dict[str, Any] = {
        "here": "protocol",
        "draft": draft,
        "is_lead": clinician(request).role == Role.LEAD,
        "amiss": _amiss(draft),
    }
    if not context["amiss"]:
        context |= _people(draft, draft.engine)
    return TemplateResponse(request, f"{FOLDER}_people.html", context)


@staff(Role.LEAD)
@require_POST
def bless(request: HttpRequest) -> HttpResponse:
    draft = current()
    slugs = [] if _amiss(draft) else request.POST.getlist("slug")
    if slugs:
        golden.bless(draft, draft.engine, slugs, by=clinician(request))
    return redirect("draft_people")


@staff(Role.LEAD)
@require_POST
def explain(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    draft, patient = current(), get_object_or_404(GoldenPatient, pk=key)
    reason = request.POST.get("reason", "").strip()
    wanted = reason and not _amiss(draft)
    tried = golden.trials(draft, draft.engine) if wanted else []
    for trial in tried:
        if trial.patient == patient and trial.flips:
            golden.explain(draft, trial, reason=reason, by=clinician(request))
    return redirect("draft_people")


@staff(*READERS)
@require_safe
def person(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show the case page of somebody made up, under the draft."""
    draft, patient = current(), get_object_or_404(GoldenPatient, pk=key)
    if _amiss(draft):
        return redirect("draft_people")
    result = evaluate(draft.engine, patient.answers, patient.as_of)
    return _case(request, draft, result, patient.title)


@staff(*READERS)
@require_safe
def boundary(request: HttpRequest, slug: str) -> HttpResponse:
    """Show somebody at a threshold whole, before anybody has blessed them."""
    draft = current()
    if _amiss(draft):
        return redirect("draft_people")
    found = golden.at_the_threshold(draft.engine, slug)
    if found is None:
        raise Http404
    blessed = GoldenPatient.objects.filter(url=draft.url, slug=slug).first()
    if blessed:
        return redirect("draft_person", blessed.pk)
    result = golden.judged(draft.engine, found)
    return _case(request, draft, result, golden.in_words(draft.engine, found), slug)


def _case(
    request: HttpRequest, draft: Protocol, result: Result, title: str, slug: str = ""
) -> HttpResponse:
    journey = result.journey
    said = golden.apart(draft.engine, dict(journey.answers), journey.as_of)
    context = case_page.made_up(result) | {
        "here": "protocol",
        "draft": draft,
        "title": title,
        "apart": said,
        "slug": slug,
        "is_lead": clinician(request).role == Role.LEAD,
    }
    return TemplateResponse(request, f"{FOLDER}_case.html", context)


def _amiss(draft: Protocol) -> bool:
    """Nobody can be judged by rules that speak of what is not there."""
    return bool(drafting.checked(draft)[0])


def _people(draft: Protocol, rules: Rules) -> dict[str, Any]:
    titles = replay_page.titles(rules)
    candidates, missing = golden.candidates(draft, rules)
    trials = golden.trials(draft, rules)
    return {
        "tried": len(trials),
        "flipping": [_trial(t, titles) for t in trials if t.flips],
        "steady": [t.patient for t in trials if not t.flips],
        "waiting": len(candidates),
        "thresholds": [
            {
                "title": titles[code],
                "people": [_candidate(rules, each) for each in made],
            }
            for code, made in groupby(candidates, key=lambda case: case.criterion)
        ],
        "missing": [golden.in_words(rules, each) for each in missing],
    }


def _trial(trial: golden.Trial, titles: dict[str, str]) -> dict[str, Any]:
    says = replay_page.says
    return {
        "patient": trial.patient,
        "reason": trial.reason,
        "lines": [
            f"{titles.get(f.code, f.kind)}: {says(f.before)} becomes {says(f.after)}"
            for f in trial.flips
        ],
    }


def _candidate(rules: Rules, case: Any) -> dict[str, str]:
    result = golden.judged(rules, case)
    return {
        "slug": case.slug,
        "title": golden.who(rules, case),
        "finding": replay_page.says(result.findings[case.criterion].truth.value),
        "outcome": result.outcome.value.replace("-", " "),
    }
