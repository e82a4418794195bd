"""What Django does at the least: a constant, and a ModelForm that becomes one row."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from benchmarks.models import Submission

Questions = forms.modelform_factory(Submission, fields="__all__")


def constant(request: HttpRequest) -> HttpResponse:
    """Know whose browser asks: Django leaves a session unread until it is asked for."""
    request.session.get("draft")
    return HttpResponse("bare")


def submission(request: HttpRequest) -> HttpResponse:
    """Take 40 answers in, check them, keep them in one row."""
    request.session.get("draft")
    form = Questions(request.POST)
    if not form.is_valid():
        return HttpResponse("wrong", status=422)
    form.save()
    return redirect("bare")
