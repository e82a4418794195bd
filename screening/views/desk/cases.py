"""The clinician's desk: the queue, a case with its whole basis, a signed decision."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from screening import vault
from screening.forms.review import LONGEST_NOTE, ReviewForm
from screening.models import Response, Role
from screening.services import reviewing
from screening.services.desk import assigning, noting, overruling
from screening.views.access import clinician, staff
from screening.views.case import case_amendment, case_page
from screening.views.desk import interruption, queue_filters, queue_page
from screening.views.desk.one_case import (
    READERS,
    ask_why,
    find_case,
    open_to_me,
    unreadable,
)

# Where those begin their day who read no answers.
HOMES = {Role.FRONT_DESK: "safety", Role.ADMINISTRATOR: "admin:index"}


@staff(*Role)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Everybody signs in to this address; who reads no answers is led on from it."""
    role = Role(clinician(request).role)
    if role in HOMES:
        return redirect(HOMES[role])
    asked = {name: request.GET.get(name, "") for name in ("view", "after", "signed")}
    parts = queue_filters.parts(request.GET)
    context = queue_page.context(clinician(request), parts=parts, **asked)
    return TemplateResponse(request, "screening/clinician/queue.html", context)


@staff(*READERS)
@require_safe
def case(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    signed = queue_page.signed_case(request.GET.get("signed", ""))
    return show_case(request, find_case(key), signed=signed)


@staff(*READERS)
@require_POST
@open_to_me
def review(request: HttpRequest, response: Response) -> HttpResponse:
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return show_case(request, response, form=form, status=422)
    if "back" in request.POST:
        interruption.keep_note(request, response, form)
        return redirect("case", response.pk)
    following = queue_page.next_case(response)
    if stopped := _stopped(request, response, form):
        return stopped
    there = reverse("case", args=[following.pk]) if following else reverse("queue")
    return redirect(f"{there}?signed={response.pk}")


def _stopped(
    request: HttpRequest, response: Response, form: ReviewForm
) -> HttpResponse | None:
    """Sign the decision, or return the page that says why it was not signed."""
    try:
        reviewing.sign(response.pk, by=clinician(request), **form.cleaned_data)
    except reviewing.CaseChanged:
        interruption.keep_note(request, response, form)
        form.add_error(None, ReviewForm.CHANGED)
        return show_case(request, response, form=form, status=409)
    except overruling.Overrules as pause:
        return interruption.ask(request, response, form, pause)
    return None


@staff(*READERS)
@require_POST
def take_back(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Undo one's own decision of a moment ago, whoever was given the case since."""
    response = find_case(key)
    try:
        undone = uuid.UUID(request.POST.get("review", ""))
        reviewing.take_back(response.pk, review_id=undone, by=clinician(request))
    except (ValueError, reviewing.CaseChanged):
        return show_case(request, response, 409, not_undone=True)
    except vault.Unreadable:
        return unreadable(request, response)
    return redirect("case", response.pk)


@staff(*READERS)
@require_POST
@open_to_me
def keep_note(request: HttpRequest, response: Response) -> HttpResponse:
    """Keep a note that is still being written; nothing is shown."""
    text = request.POST.get("note", "")[:LONGEST_NOTE]
    noting.keep(response, text, by=clinician(request))
    return HttpResponse(status=204)


@staff(*Role)
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Count as having done something: whoever writes for long is not idle."""
    return HttpResponse(status=204)


def show_case(
    request: HttpRequest, response: Response, status: int = 200, **shown: Any
) -> HttpResponse:
    """Draw a case, once it is on record who opened it; another's asks for a reason."""
    if not assigning.may_open(response, clinician(request)):
        return ask_why(request, response)
    reviewing.open_case(response, by=clinician(request))
    try:
        context = case_page.context(response)
    except vault.Unreadable:
        return unreadable(request, response)
    draft = {"note": noting.kept(response, by=clinician(request))}
    context |= case_amendment.compared(response, by=clinician(request))
    context |= {"form": ReviewForm(initial=draft)} | shown
    template = "screening/clinician/case.html"
    return TemplateResponse(request, template, context, status=status)
