"""One case, and who may open it: nothing in it is opened before that is known."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from screening import vault
from screening.models import Response, Role
from screening.models.queue import ALERTED, SENT
from screening.services.desk import assigning
from screening.views.access import clinician
from screening.views.desk import queue_page

P = ParamSpec("P")
OfCase = Callable[Concatenate[HttpRequest, Response, P], HttpResponseBase]
ByKey = Callable[Concatenate[HttpRequest, uuid.UUID, P], HttpResponseBase]

READERS = (Role.REVIEWER, Role.LEAD)


def open_to_me(view: OfCase[P]) -> ByKey[P]:
    """Hand the view its case. Another's asks for a reason first; what is torn says so.

    To be put below `staff`, and below whatever else stands before the door.
    """

    @wraps(view)
    def guarded(
        request: HttpRequest, key: uuid.UUID, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        response = find_case(key)
        if not assigning.may_open(response, clinician(request)):
            return ask_why(request, response)
        try:
            return view(request, response, *args, **kwargs)
        except vault.Unreadable:
            return unreadable(request, response)

    return guarded


def find_case(key: uuid.UUID) -> Response:
    """Return a case that clinicians may open: sent, or alarming, and not erased."""
    cases = Response.objects.filter(SENT | ALERTED).exclude(wrapped_key=b"")
    related = cases.select_related("protocol", "assignee")
    response: Response = get_object_or_404(related, pk=key)
    return response


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
