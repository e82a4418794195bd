"""Begin and end to fill in a questionnaire for a patient on the phone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from screening.models import Role
from screening.views.access import clinician, staff
from screening.views.journey import phone

DESK = (Role.FRONT_DESK, Role.REVIEWER, Role.LEAD)


@staff(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def assist(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        phone.begin(request, clinician(request))
        return redirect("begin")
    context = {"here": "assist", "assists": phone.assistant(request)}
    return TemplateResponse(request, "screening/clinician/assist.html", context)


@staff(*DESK)
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    phone.end(request)
    return redirect("assist")
