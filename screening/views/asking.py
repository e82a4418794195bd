"""Ask only what is missing: one press makes a link, to copy, to print, to send."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from screening import vault
from screening.models import Response
from screening.services import amending, assigning, links, reviewing, telling
from screening.views import case_links, pauses, phone
from screening.views.access import DRAFT, clinician, staff
from screening.views.cases import READERS, ask_why, find_case, unreadable


@staff(*READERS)
@require_POST
def ask(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    response, by = find_case(key), clinician(request)
    if not assigning.may_open(response, by):
        return ask_why(request, response)
    try:
        if request.POST.get("how") == "phone":
            reviewing.open_case(response, by=by)
            return _on_the_phone(request, amending.begin(response, recorded_by=by))
        amending.make_link(response, by=by)
    except amending.NothingToAsk:
        return redirect("case", key)
    except vault.Unreadable:
        return unreadable(request, response)
    return redirect("case_link", key)


def _on_the_phone(request: HttpRequest, draft: Response) -> HttpResponse:
    phone.begin(request, clinician(request))
    request.session[DRAFT] = str(draft.pk)
    return redirect(pauses.goes_on(draft))


@staff(*READERS)
@require_safe
def link(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show the link that waits, what it asks, and the words to send beside it."""
    response, by = find_case(key), clinician(request)
    if not assigning.may_open(response, by):
        return ask_why(request, response)
    waits = amending.waiting_link(response)
    if waits is None:
        return redirect("case", key)
    reviewing.open_case(response, by=by)
    address = settings.ORIGIN + reverse("more_link", args=[links.token_of(waits)])
    text = telling.words_of_link(waits.expires_at)
    try:
        context = {"address": address, "text": text} | case_links.shown(response, waits)
    except vault.Unreadable:
        return unreadable(request, response)
    return TemplateResponse(request, "screening/clinician/link.html", context)
