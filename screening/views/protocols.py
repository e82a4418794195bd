"""The published criteria, to read: each with its rule in words and its sources."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from screening.engine import words
from screening.engine.protocol import Criterion
from screening.engine.protocol import Protocol as Rules
from screening.models import Protocol, Role
from screening.views.access import staff


@staff(Role.REVIEWER, Role.LEAD, Role.ADMINISTRATOR)
@require_safe
def criteria(request: HttpRequest) -> HttpResponse:
    protocol = get_object_or_404(Protocol, status="active")
    rules = protocol.engine
    parts = [(i.title, i.criteria) for i in rules.indications]
    parts.append(("Safety, whatever the outcome", rules.safety))
    context = {
        "protocol": protocol,
        "parts": [
            {"title": title, "criteria": [_criterion(rules, each) for each in several]}
            for title, several in parts
        ],
    }
    return TemplateResponse(request, "screening/clinician/protocol.html", context)


def _criterion(rules: Rules, criterion: Criterion) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "kind": criterion.kind.value,
        "tier": criterion.tier,
        "statement": criterion.statement,
        "rationale": criterion.rationale,
        "default": criterion.default,
        "groups": [
            [words.clause(rules, clause) for clause in group]
            for group in criterion.rule
        ],
        "sources": [rules.source[code] for code in criterion.sources],
    }
