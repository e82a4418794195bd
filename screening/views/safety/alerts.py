"""An alert gets an owner, who writes down each try, and closes it with a reason."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from screening.forms.review import ClosingForm, TryForm
from screening.models import SafetyAlert
from screening.services.safety import owning
from screening.views.access import clinician, staff
from screening.views.desk.cases import show_case
from screening.views.desk.one_case import READERS, find_case


@staff(*READERS)
@require_POST
def own(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    alert = get_object_or_404(SafetyAlert, pk=key)
    try:
        _do(request, alert, partial(owning.acknowledge, by=clinician(request)))
    except owning.AlertClosed:
        return _too_late(request, alert)
    return redirect("case", alert.response_id)


@staff(*READERS)
@require_POST
def tried(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    alert = get_object_or_404(SafetyAlert, pk=key)
    form = TryForm(request.POST, ways=owning.WAYS, outcomes=owning.OUTCOMES)
    if not form.is_valid():
        return _wrong(request, alert, trying=form)
    said = {"by": clinician(request)} | form.cleaned_data
    try:
        _do(request, alert, partial(owning.record_contact, **said))
    except owning.AlertClosed:
        return _too_late(request, alert)
    return redirect("case", alert.response_id)


@staff(*READERS)
@require_POST
def close(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    alert = get_object_or_404(SafetyAlert, pk=key)
    form = ClosingForm(request.POST, reasons=owning.CLOSING_REASONS)
    if not form.is_valid():
        return _wrong(request, alert, closing=form)
    said = {"by": clinician(request)} | form.cleaned_data
    try:
        _do(request, alert, partial(owning.close, **said))
    except owning.AlertClosed:
        return _too_late(request, alert)
    return redirect("case", alert.response_id)


def _do(
    request: HttpRequest, alert: SafetyAlert, act: Callable[[uuid.UUID], object]
) -> None:
    """Act on this alert, or on all that are open of its case: it is one patient."""
    if request.POST.get("all"):
        owning.in_turn(alert, act)
    else:
        act(alert.pk)


def _wrong(
    request: HttpRequest, alert: SafetyAlert, **form: ClosingForm | TryForm
) -> HttpResponse:
    """Show the case with what was chosen and written, and what is missing."""
    shown = form | {"alert_key": alert.pk}
    return show_case(request, find_case(alert.response_id), 422, **shown)


def _too_late(request: HttpRequest, alert: SafetyAlert) -> HttpResponse:
    """Show the case as it stands: somebody closed the alert in the meantime."""
    return show_case(request, find_case(alert.response_id), 409, closed_before=True)
