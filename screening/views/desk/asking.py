"""Ask only what is missing: one press makes a link, to copy, to print, to send."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from screening.models import Response
from screening.services import links, reviewing
from screening.services.desk import telling
from screening.services.journey import amending
from screening.views.access import DRAFT, clinician, staff
from screening.views.case import case_links
from screening.views.desk.one_case import READERS, open_to_me
from screening.views.journey import pauses, phone


@staff(*READERS)
@require_POST
@open_to_me
def ask(request: HttpRequest, response: Response) -> HttpResponse:
    by = clinician(request)
    try:
        if request.POST.get("how") == "phone":
            reviewing.open_case(response, by=by)
            return _on_the_phone(request, amending.begin(response, recorded_by=by))
        amending.make_link(response, by=by)
    except amending.NothingToAsk:
        return redirect("case", response.pk)
    return redirect("case_link", response.pk)


def _on_the_phone(request: HttpRequest, draft: Response) -> HttpResponse:
    phone.begin(request, clinician(request))
    request.session[DRAFT] = str(draft.pk)
    return redirect(pauses.goes_on(draft))


@staff(*READERS)
@require_safe
@open_to_me
def link(request: HttpRequest, response: Response) -> HttpResponse:
    """Show the link that waits, what it asks, and the words to send beside it."""
    waits = amending.waiting_link(response)
    if waits is None:
        return redirect("case", response.pk)
    reviewing.open_case(response, by=clinician(request))
    address = settings.ORIGIN + reverse("more_link", args=[links.token_of(waits)])
    text = telling.words_of_link(waits.expires_at)
    context = {"address": address, "text": text} | case_links.shown(response, waits)
    return TemplateResponse(request, "screening/clinician/link.html", context)
