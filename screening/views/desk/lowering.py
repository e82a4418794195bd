"""A clinician says why a case can wait, before anybody has signed it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from screening.models import Response
from screening.services import reviewing
from screening.services.desk import lowering
from screening.views.access import clinician, staff
from screening.views.desk.cases import show_case
from screening.views.desk.one_case import READERS, open_to_me


@staff(*READERS)
@require_POST
@open_to_me
def lower(request: HttpRequest, response: Response) -> HttpResponse:
    said = request.POST.get("version", "")
    version = int(said) if said.isdecimal() else -1
    reason, by = request.POST.get("reason", ""), clinician(request)
    try:
        lowering.lower(response.pk, by=by, reason=reason, version=version)
    except lowering.UnknownReason:
        return show_case(request, response, 422, not_lowered="Choose why it can wait.")
    except (lowering.NotToLower, reviewing.CaseChanged):
        why = "Somebody wrote to the case since you opened it. Read what is new."
        return show_case(request, response, 409, not_lowered=why)
    return redirect("case", response.pk)
