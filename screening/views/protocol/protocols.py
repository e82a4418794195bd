"""The published criteria, to read: each with its rule in words and its sources."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from screening.engine import words
from screening.engine.protocol import Criterion, Kind
from screening.engine.protocol import Protocol as Rules
from screening.models import Protocol, ProtocolStatus, Role
from screening.views import moments
from screening.views.access import staff
from screening.views.case.case_findings import readable
from screening.views.desk import shelf_life

SAFETY = {
    Kind.URGENT: "Urgent: a person acts",
    Kind.STOP: "The doctor decides first",
    Kind.POSTPONE: "Look: perhaps not now",
    Kind.CAUTION: "Look",
    Kind.NOTE: "To know",
}


@staff(Role.REVIEWER, Role.LEAD, Role.ADMINISTRATOR)
@require_safe
def criteria(request: HttpRequest) -> HttpResponse:
    """Show a published version: what is asked now or was last, or the one named."""
    protocol = _published(request.GET.get("version", ""))
    rules = protocol.engine
    context = {
        "here": "protocol",
        "protocol": protocol,
        "published": moments.moment(protocol.published_at),
        "indications": _by_indication(rules),
        "safety": _by_kind(rules),
        "total": len(rules.criteria),
        "stale": sum(map(shelf_life.is_stale, rules.criteria)),
    }
    return TemplateResponse(request, "screening/clinician/protocol.html", context)


def _published(version: str) -> Protocol:
    versions = Protocol.objects.exclude(status=ProtocolStatus.DRAFT)
    if version:
        return get_object_or_404(versions, version=version)
    asked = versions.filter(status=ProtocolStatus.ACTIVE).first()
    found = asked or versions.order_by("published_at").last()
    if found is None:
        raise Http404
    return found


def _by_indication(rules: Rules) -> list[dict[str, Any]]:
    return [
        {
            "code": indication.code,
            "title": indication.title,
            "criteria": [_criterion(rules, each) for each in indication.criteria],
        }
        for indication in rules.indications
    ]


def _by_kind(rules: Rules) -> list[dict[str, Any]]:
    groups = [
        (kind, title, [each for each in rules.safety if each.kind is kind])
        for kind, title in SAFETY.items()
    ]
    return [
        {
            "code": f"safety-{kind.value}",
            "title": title,
            "criteria": [_criterion(rules, each) for each in found],
        }
        for kind, title, found in groups
        if found
    ]


def _criterion(rules: Rules, criterion: Criterion) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "kind": criterion.kind.value,
        "tier": criterion.tier,
        "about": criterion.about,
        "statement": criterion.statement,
        "rationale": criterion.rationale,
        "default": criterion.default,
        "groups": [
            [readable(words.clause(rules, clause)) for clause in group]
            for group in criterion.rule
        ],
        "sources": [rules.source[code] for code in criterion.sources],
    } | shelf_life.of(criterion)
