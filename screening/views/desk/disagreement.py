"""One click beside a finding: somebody disagrees with it, or agrees again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from screening.forms.review import LONGEST_NOTE
from screening.models import Response
from screening.services.desk import disagreeing, noting
from screening.views.access import clinician, staff
from screening.views.desk.cases import show_case
from screening.views.desk.one_case import READERS, open_to_me


@staff(*READERS)
@require_POST
@open_to_me
def disagree(request: HttpRequest, response: Response) -> HttpResponse:
    """The button belongs to the decision bar's form, so that its note comes along."""
    key, by = response.pk, clinician(request)
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
    return redirect(f"{reverse('case', args=[key])}#finding-{criterion}")
