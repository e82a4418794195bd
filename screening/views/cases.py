"""The clinician's desk: the queue, a case with its whole basis, a signed decision."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from screening import vault
from screening.forms.review import LONGEST_NOTE, ReviewForm
from screening.models import Response, Role
from screening.models.queue import ALERTED, SENT
from screening.services import assigning, noting, overruling, reviewing
from screening.views import case_amendment, case_page, interruption, queue_page
from screening.views.access import clinician, staff

READERS = (Role.REVIEWER, Role.LEAD)
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
    context = queue_page.context(clinician(request), **asked)
    return TemplateResponse(request, "screening/clinician/queue.html", context)


@staff(*READERS)
@require_safe
def case(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    signed = queue_page.signed_case(request.GET.get("signed", ""))
    return show_case(request, find_case(key), signed=signed)


@staff(*READERS)
@require_POST
def review(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    response = find_case(key)
    if not assigning.may_open(response, clinician(request)):
        return ask_why(request, response)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return show_case(request, response, form=form, status=422)
    if "back" in request.POST:
        interruption.keep_note(request, response, form)
        return redirect("case", key)
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
    except vault.Unreadable:
        return unreadable(request, response)
    return None


@staff(*READERS)
@require_POST
def take_back(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Undo one's own decision of a moment ago, and open the case again."""
    response, review_id = find_case(key), request.POST.get("review", "")
    try:
        undone = uuid.UUID(review_id)
        reviewing.take_back(response.pk, review_id=undone, by=clinician(request))
    except (ValueError, reviewing.CaseChanged):
        return show_case(request, response, 409, not_undone=True)
    return redirect("case", key)


@staff(*READERS)
@require_POST
def keep_note(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Keep a note that is still being written; nothing is shown."""
    response, by = find_case(key), clinician(request)
    if not assigning.may_open(response, by):
        return HttpResponse(status=403)
    text = request.POST.get("note", "")[:LONGEST_NOTE]
    noting.keep(response, text, by=by)
    return HttpResponse(status=204)


@staff(*Role)
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Count as having done something: whoever writes for long is not idle."""
    return HttpResponse(status=204)


def find_case(key: uuid.UUID) -> Response:
    """Return a case that clinicians may open: sent, or alarming, and not erased."""
    cases = Response.objects.filter(SENT | ALERTED).exclude(wrapped_key=b"")
    related = cases.select_related("protocol", "assignee")
    response: Response = get_object_or_404(related, pk=key)
    return response


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


def unreadable(request: HttpRequest, response: Response) -> HttpResponse:
    context = {"case": queue_page.place(response)}
    template = "screening/clinician/unreadable.html"
    return TemplateResponse(request, template, context, status=500)


def ask_why(
    request: HttpRequest, response: Response, problem: str = ""
) -> HttpResponse:
    """Stand before a case that somebody else has; nothing of it is opened here."""
    context = {
        "case": queue_page.place(response),
        "reasons": assigning.REASONS,
        "problem": problem,
        "refused": request.method == "POST" and not problem,
        "note": request.POST.get("note", ""),
    }
    template = "screening/clinician/anothers.html"
    status = 422 if problem else (200 if request.method in ("GET", "HEAD") else 403)
    return TemplateResponse(request, template, context, status=status)
