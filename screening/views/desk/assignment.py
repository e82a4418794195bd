"""Who has a case; who opens another's says why; the lead reads who opened what."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from screening.models import Response, Role, Staff
from screening.services.desk import assigning
from screening.views.access import clinician, staff
from screening.views.desk import opened_page
from screening.views.desk.one_case import READERS, ask_why, find_case, open_to_me


@staff(*READERS)
@require_POST
@open_to_me
def assign(request: HttpRequest, response: Response) -> HttpResponse:
    by = clinician(request)
    to = _person(request.POST.get("to", ""))
    try:
        assigning.assign(response.pk, to=to, by=by)
    except assigning.NotAReader:
        return redirect("case", response.pk)
    return redirect("case", response.pk) if to in (None, by) else redirect("queue")


@staff(*READERS)
@require_POST
def open_anyway(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    response, reason = find_case(key), request.POST.get("reason", "")
    try:
        assigning.open_anyway(response, by=clinician(request), reason=reason)
    except assigning.UnknownReason:
        return ask_why(request, response, problem="Choose why you open it.")
    return redirect("case", key)


@staff(Role.LEAD)
@require_safe
def opened(request: HttpRequest) -> HttpResponse:
    context = opened_page.context(
        before=request.GET.get("before", ""), only=request.GET.get("only", "")
    )
    return TemplateResponse(request, "screening/clinician/opened.html", context)


def _person(key: str) -> Staff | None:
    return Staff.objects.filter(pk=key).first() if key.isdecimal() else None
