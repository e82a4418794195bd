"""A draft is tried on past responses, signed by two and published; or one returns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from screening.models import Protocol, ProtocolStatus, Role
from screening.services.protocol import drafting, replaying, signing
from screening.services.publishing import ProtocolRefused
from screening.views.access import clinician, staff
from screening.views.protocol import draft_page, replay_page
from screening.views.protocol.drafts import FOLDER, READERS, current, show

MISTAKES_FIRST = "Nobody is tried while there are mistakes: mend them first."


@staff(*READERS)
@require_safe
def replay(request: HttpRequest) -> HttpResponse:
    draft = current()
    if run := draft_page.latest(draft):
        replaying.open_flips(run, by=clinician(request))
    context = replay_page.context(draft) | {
        "is_lead": clinician(request).role == Role.LEAD
    }
    return TemplateResponse(request, f"{FOLDER}_replay.html", context)


@staff(Role.LEAD)
@require_POST
def ask_replay(request: HttpRequest) -> HttpResponse:
    draft = current()
    if drafting.checked(draft)[0]:
        return show(request, problem=MISTAKES_FIRST, status=409)
    replaying.ask(draft, by=clinician(request))
    return redirect("replay")


@staff(Role.LEAD)
@require_POST
def cancel_replay(request: HttpRequest) -> HttpResponse:
    if run := draft_page.latest(current()):
        replaying.cancel(run)
    return redirect("replay")


@staff(Role.LEAD)
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    return _signed(request, signing.propose)


@staff(*READERS)
@require_POST
def countersign(request: HttpRequest) -> HttpResponse:
    return _signed(request, signing.countersign)


@staff(Role.LEAD)
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    return _signed(request, signing.publish, there="protocol")


@staff(Role.LEAD)
@require_POST
def roll_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _version(request, pk, signing.roll_back)


@staff(Role.LEAD)
@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    return _version(request, pk, signing.retire)


def _signed(
    request: HttpRequest, sign: Callable[..., Any], there: str = "draft"
) -> HttpResponse:
    try:
        sign(current(), by=clinician(request), seen=request.POST.get("seen", ""))
    except (signing.NotReady, ProtocolRefused) as refusal:
        return show(request, problem=str(refusal), status=409)
    return redirect(there)


def _version(request: HttpRequest, pk: int, do: Callable[..., Any]) -> HttpResponse:
    published = Protocol.objects.exclude(status=ProtocolStatus.DRAFT)
    try:
        do(get_object_or_404(published, pk=pk), by=clinician(request))
    except (signing.NotReady, ProtocolRefused) as refusal:
        return show(request, problem=str(refusal), status=409)
    return redirect("draft")
