"""The safety board, and each alert with whom to call and what was tried."""

from __future__ import annotations

import logging
import uuid
from typing import Any

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from screening import vault
from screening.forms.review import ClosingForm, TryForm
from screening.models import Role, SafetyAlert, Staff
from screening.services.safety import owning
from screening.views.access import clinician, staff
from screening.views.safety import safety_page

ON_THE_ROTA = (Role.FRONT_DESK, Role.REVIEWER, Role.LEAD)

logger = logging.getLogger(__name__)


@staff(*ON_THE_ROTA)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    context = safety_page.board(clinician(request))
    return TemplateResponse(request, "screening/clinician/safety.html", context)


@staff(*ON_THE_ROTA)
@require_http_methods(["GET", "HEAD", "POST"])
def alert(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show an alert, or do what was asked on its page."""
    found = _find(key)
    if request.method != "POST":
        return _show(request, found)
    action, by = request.GET.get("act", ""), clinician(request)
    form = _form(action, request, by)
    if form is not None and not form.is_valid():
        shown = {"trying" if action == "try" else "closing": form}
        return _show(request, found, 422, **shown)
    try:
        _act(found, action, by, form.cleaned_data if form else {})
    except owning.AlertClosed:
        return _show(request, _find(key), 409, closed_before=True)
    return redirect("alert", key)


def _find(key: uuid.UUID) -> SafetyAlert:
    alerts = SafetyAlert.objects.exclude(response__wrapped_key=b"")
    related = alerts.select_related("response__protocol", "owner")
    found: SafetyAlert = get_object_or_404(related, pk=key)
    return found


def _form(action: str, request: HttpRequest, by: Staff) -> Any:
    if action == "own":
        return None
    if action == "try":
        return TryForm(request.POST, ways=owning.WAYS, outcomes=owning.OUTCOMES)
    if action == "close" and by.role in safety_page.READERS:
        return ClosingForm(request.POST, reasons=owning.CLOSING_REASONS)
    raise Http404


def _act(found: SafetyAlert, action: str, by: Staff, said: dict[str, Any]) -> None:
    if action == "own":
        owning.acknowledge(found.pk, by=by)
    elif action == "try":
        owning.record_contact(found.pk, by=by, **said)
    else:
        owning.close(found.pk, by=by, **said)


def _show(
    request: HttpRequest, found: SafetyAlert, status: int = 200, **shown: Any
) -> HttpResponse:
    """Draw an alert, once it is on record who opened it.

    Whom to call is shown even where the record cannot be kept: somebody may be dying.
    """
    by = clinician(request)
    context = {"here": "safety", "alert": safety_page.row(found)} | shown
    context["recorded"] = _is_recorded(found, by)
    try:
        context["card"] = safety_page.card(found)
        if context["recorded"]:
            context["tries"] = safety_page.tries(found, by)
            context |= _choices(by)
        if context["recorded"] and by.role in safety_page.READERS:
            context["raised"] = safety_page.answers(found)
    except vault.Unreadable:
        context["unreadable"], status = True, 500
    template = "screening/clinician/alert.html"
    return TemplateResponse(request, template, context, status=status)


def _choices(by: Staff) -> dict[str, Any]:
    closes = by.role in safety_page.READERS
    return {
        "ways": owning.WAYS,
        "outcomes": owning.OUTCOMES,
        "closing_reasons": owning.CLOSING_REASONS if closes else (),
    }


def _is_recorded(found: SafetyAlert, by: Staff) -> bool:
    try:
        owning.open_alert(found, by=by)
    except DatabaseError:
        logger.error("No audit: staff %s opened alert %s.", by.pk, found.pk)
        return False
    return True
