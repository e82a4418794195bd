"""A link to a few more questions: opened once, by whoever knows the birth date."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from screening.forms.resume import ConfirmForm
from screening.models import CaseLink
from screening.services import links
from screening.services.journey import amending
from screening.services.upkeep import readiness
from screening.views import linked, throttle
from screening.views.access import DRAFT, anyone, draft_of, note_sign_out
from screening.views.journey import pauses

MORE = "more"


@anyone
@require_safe
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the secret out of the address; programs open links ahead, so use none up."""
    linked.keep(request, CaseLink, token, MORE)
    return redirect("more")


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def more(request: HttpRequest) -> HttpResponse:
    """Exchange the link for its questions, once the birth date is right."""
    if readiness.why_closed():
        return TemplateResponse(request, "screening/patient/closed.html")
    found = links.usable(CaseLink, request.session.get(MORE))
    if found is None:
        return _over(request)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not throttle.take(throttle.to_confirm(request)):
            return TemplateResponse(request, "429.html", status=429)
        try:
            return _open(request, found, form)
        except (links.NotUsable, amending.NothingToAsk):
            return _over(request)
    return _ask(request, form)


def _open(request: HttpRequest, found: CaseLink, form: ConfirmForm) -> HttpResponse:
    opened = amending.open_link(found, birth_date=form.birth_date)
    if opened is None:
        form.add_error(None, ConfirmForm.NOT_OPENED)
        return _ask(request, form)
    throttle.give_back(throttle.to_confirm(request))
    # The key of the session stays: a second tap carries it, and goes on too.
    note_sign_out(request)
    request.session.clear()
    request.session[DRAFT] = str(opened.pk)
    return redirect(pauses.goes_on(opened))


def _ask(request: HttpRequest, form: ConfirmForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    template = "screening/patient/more.html"
    return TemplateResponse(request, template, {"form": form}, status=status)


def _over(request: HttpRequest) -> HttpResponse:
    """Go on where this browser has begun, as after a double tap; else say who helps."""
    draft = draft_of(request)
    if draft is not None and draft.amends_id:
        return redirect(pauses.goes_on(draft))
    return TemplateResponse(request, "screening/patient/more_over.html", status=410)
