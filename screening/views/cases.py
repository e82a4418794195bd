"""The clinician's desk: the queue, a case with its whole basis, a signed decision."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from screening.forms.review import ReviewForm
from screening.models import Response, Role
from screening.services import reviewing
from screening.views import case_page, queue_page
from screening.views.access import clinician, staff

READERS = (Role.REVIEWER, Role.LEAD)


@staff(*READERS)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    context = queue_page.context(after=request.GET.get("after", ""))
    return TemplateResponse(request, "screening/clinician/queue.html", context)


@staff(*READERS)
@require_safe
def case(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    response = _case(key)
    reviewing.open_case(response, by=clinician(request))
    return _show(request, response, ReviewForm())


@staff(*READERS)
@require_POST
def review(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    response = _case(key)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _show(request, response, form, status=422)
    try:
        reviewing.sign(response.pk, by=clinician(request), **form.cleaned_data)
    except reviewing.CaseChanged:
        form.add_error(None, ReviewForm.CHANGED)
        return _show(request, response, form, status=409)
    following = queue_page.next_case(response)
    return redirect("case", following.pk) if following else redirect("queue")


def _case(key: uuid.UUID) -> Response:
    cases = Response.objects.to_review().select_related("protocol", "assignee")
    found: Response = get_object_or_404(cases, pk=key)
    return found


def _show(
    request: HttpRequest, response: Response, form: ReviewForm, status: int = 200
) -> HttpResponse:
    context = case_page.context(response) | {"form": form}
    template = "screening/clinician/case.html"
    return TemplateResponse(request, template, context, status=status)
