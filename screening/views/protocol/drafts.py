"""The lead's desk: a draft of the protocol, changed and checked before it is asked."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from screening.engine.document import ProtocolError
from screening.models import Protocol, Role
from screening.services.protocol import drafting
from screening.views.access import clinician, staff
from screening.views.protocol import draft_page

READERS = (Role.REVIEWER, Role.LEAD)
NOTHING_ASKED = "No version is asked now, so there is none to begin from."
FOLDER = "screening/clinician/draft"


@staff(*READERS)
@require_safe
def draft(request: HttpRequest) -> HttpResponse:
    return show(request)


@staff(Role.LEAD)
@require_POST
def start_draft(request: HttpRequest) -> HttpResponse:
    try:
        drafting.start(by=clinician(request))
    except Protocol.DoesNotExist:
        return show(request, problem=NOTHING_ASKED, status=409)
    except (drafting.NoDraft, ProtocolError) as refusal:
        return show(request, problem=str(refusal), status=409)
    return redirect("draft")


@staff(Role.LEAD)
@require_POST
def discard_draft(request: HttpRequest) -> HttpResponse:
    try:
        drafting.discard(current(), by=clinician(request))
    except drafting.NoDraft as refusal:
        return show(request, problem=str(refusal), status=409)
    return redirect("draft")


def current() -> Protocol:
    found = drafting.current()
    if found is None:
        raise Http404
    return found


def show(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    """Draw the draft with all that it still wants, or the way to begin one."""
    whole = "all" in request.GET
    lead = clinician(request)
    context = draft_page.context(drafting.current(), by=lead, whole=whole)
    context |= {"problem": problem, "saved": "saved" in request.GET}
    return TemplateResponse(request, f"{FOLDER}.html", context, status=status)
