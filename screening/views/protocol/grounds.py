"""Why a version was published: its changes, its names, and what it was tried on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from screening.models import FlipReason, Protocol, ProtocolStatus, SignOff
from screening.services.protocol import signing
from screening.views import moments
from screening.views.access import staff
from screening.views.protocol import draft_history, draft_page, replay_page
from screening.views.protocol.drafts import READERS

Words = dict[str, Any]


@staff(*READERS)
@require_safe
def grounds(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was kept with a published version as its justification."""
    published = Protocol.objects.exclude(status=ProtocolStatus.DRAFT)
    version = get_object_or_404(published, pk=pk)
    run = signing.replayed(version)
    context = draft_history.context(version, version.document(), whole=True) | {
        "here": "protocol",
        "version": version,
        "published": moments.moment(version.published_at),
        "signed": [_signed(each) for each in _names(version)],
        "reasons": [_reason(each) for each in _reasons(version)],
        "progress": draft_page.run(run),
        "tables": _tables(version, run) if run else [],
    }
    return TemplateResponse(request, "screening/clinician/grounds.html", context)


def _names(version: Protocol) -> list[SignOff]:
    names = version.sign_offs.filter(content_hash=version.content_hash)
    return list(names.select_related("by"))


def _signed(name: SignOff) -> Words:
    return {
        "kind": name.kind,
        "by": str(name.by),
        "at": moments.moment(name.at),
    }


def _reasons(version: Protocol) -> list[FlipReason]:
    return list(version.flip_reasons.select_related("patient", "by"))


def _reason(given: FlipReason) -> Words:
    return {
        "who": given.patient.title,
        "reason": given.reason,
        "by": str(given.by),
        "at": moments.moment(given.at),
    }


def _tables(version: Protocol, run: Any) -> list[Words]:
    return replay_page.tables(run, replay_page.titles(version.engine))
