"""Write down what a patient was told, and how."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from screening import vault
from screening.forms.review import TellForm
from screening.services import assigning, telling
from screening.views.access import clinician, staff
from screening.views.cases import READERS, ask_why, find_case, show_case, unreadable


@staff(*READERS)
@require_POST
def tell(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    response, by = find_case(key), clinician(request)
    if not assigning.may_open(response, by):
        return ask_why(request, response)
    form = TellForm(request.POST, ways=telling.WORDS.items())
    if not form.is_valid():
        return show_case(request, response, 422, telling=form)
    try:
        telling.tell(response, by=by, **form.cleaned_data)
    except telling.NotPlain as error:
        form.add_error("text", f"Leave out: {', '.join(error.words)}.")
    except telling.NotAllowed:
        form.add_error("how", "The patient did not say that email is safe.")
    except vault.Unreadable:
        return unreadable(request, response)
    if form.errors:
        return show_case(request, response, 422, telling=form)
    return redirect("case", key)
