"""What Django does at the least: a constant, a row of a ModelForm, a template alone."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from benchmarks.models import Submission
from screening.views.desk import cases, one_case

CASE = "screening/clinician/case.html"
_READY: dict[uuid.UUID, Any] = {}
Questions = forms.modelform_factory(Submission, fields="__all__")


def constant(request: HttpRequest) -> HttpResponse:
    """Know whose browser asks: Django leaves a session unread until it is asked for."""
    request.session.get("draft")
    return HttpResponse("bare")


def case(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Draw a case from words that were all made ready before."""
    request.session.get("draft")
    if key not in _READY:
        shown = cases.show_case(request, one_case.find_case(key))
        _READY[key] = shown.context_data
    return TemplateResponse(request, CASE, _READY[key])


def submission(request: HttpRequest) -> HttpResponse:
    """Take 40 answers in, check them, keep them in one row."""
    request.session.get("draft")
    form = Questions(request.POST)
    if not form.is_valid():
        return HttpResponse("wrong", status=422)
    form.save()
    return redirect("bare")
