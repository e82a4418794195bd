"""An alert gets an owner, and is closed with a reason."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from screening.models import SafetyAlert
from screening.services import alerting
from screening.views.access import clinician, staff
from screening.views.cases import READERS

NOTE_LENGTH = 2000


@staff(*READERS)
@require_POST
def own(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    alert = get_object_or_404(SafetyAlert.objects.open(), pk=key)
    alerting.acknowledge(alert.pk, by=clinician(request))
    return redirect("case", alert.response_id)


@staff(*READERS)
@require_POST
def close(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    alert = get_object_or_404(SafetyAlert.objects.open(), pk=key)
    reason = request.POST.get("reason", "")
    if reason in dict(alerting.CLOSING_REASONS):
        note = request.POST.get("note", "")[:NOTE_LENGTH]
        alerting.close(alert.pk, by=clinician(request), reason=reason, note=note)
    return redirect("case", alert.response_id)
