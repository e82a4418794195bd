"""Find a case without a word of it in any address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from screening.forms.find import FindForm
from screening.services.desk import finding
from screening.views.access import clinician, staff
from screening.views.desk import queue_page
from screening.views.desk.one_case import READERS


@staff(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "here": "find"}
    template = "screening/clinician/find.html"
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, template, context, status=status)
    found = finding.find(by=clinician(request), **form.cleaned_data)
    if len(found) == 1:
        return redirect("case", found[0].pk)
    context["rows"] = [queue_page.place(case) for case in found]
    return TemplateResponse(request, template, context)
