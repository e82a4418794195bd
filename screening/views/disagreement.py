"""One click beside a finding: somebody disagrees with it, or agrees again."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from screening import vault
from screening.forms.review import LONGEST_NOTE
from screening.services import assigning, disagreeing, noting
from screening.views.access import clinician, staff
from screening.views.cases import READERS, ask_why, find_case, show_case, unreadable


@staff(*READERS)
@require_POST
def disagree(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The button belongs to the decision bar's form, so that its note comes along."""
    response, by = find_case(key), clinician(request)
    if not assigning.may_open(response, by):
        return ask_why(request, response)
    criterion = request.POST.get("criterion", "")
    try:
        if "note" in request.POST:
            noting.keep(response, request.POST["note"][:LONGEST_NOTE], by=by)
        if "withdraw" in request.POST:
            disagreeing.withdraw(key, by=by, criterion=criterion)
        else:
            why = request.POST.get("why", "").strip()
            disagreeing.disagree(key, by=by, criterion=criterion, why=why)
    except disagreeing.UnknownFinding:
        return show_case(request, response, 422)
    except vault.Unreadable:
        return unreadable(request, response)
    return redirect(f"{reverse('case', args=[key])}#finding-{criterion}")
