"""A lead erases what a patient said: reference typed, reason on record."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from screening.forms.erasure import ErasureForm
from screening.models import Response, Role, Staff
from screening.services.journey import codes
from screening.services.upkeep import erasing
from screening.views.access import clinician, staff

TEMPLATE = "screening/clinician/erase.html"


@staff(Role.LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def erase(request: HttpRequest) -> HttpResponse:
    """Nothing of the answers is shown here, and nothing of it is in the address."""
    posted = request.POST if request.method == "POST" else None
    form = ErasureForm(posted, reasons=erasing.REASONS)
    context = {"form": form, "reasons": erasing.REASONS, "remains": erasing.REMAINS}
    erased = _erased(form, clinician(request))
    if erased is not None:
        context["erased"] = codes.grouped(erased.reference)
    status = 422 if form.errors else 200
    return TemplateResponse(request, TEMPLATE, context, status=status)


def _erased(form: ErasureForm, by: Staff) -> Response | None:
    if not form.is_valid():
        return None
    reference = codes.normal(form.cleaned_data["reference"])
    try:
        return erasing.erase(reference, by=by, reason=form.cleaned_data["reason"])
    except Response.DoesNotExist:
        form.add_error("reference", ErasureForm.UNKNOWN)
    except erasing.AlertOpen:
        form.add_error("reference", ErasureForm.ALERT_OPEN)
    except erasing.AlreadyErased:
        form.add_error("reference", ErasureForm.GONE)
    return None
