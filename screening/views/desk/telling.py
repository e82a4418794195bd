"""Write down what a patient was told, and how."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from screening.forms.review import TellForm
from screening.models import Response
from screening.services.desk import telling
from screening.views.access import clinician, staff
from screening.views.desk.cases import show_case
from screening.views.desk.one_case import READERS, open_to_me


@staff(*READERS)
@require_POST
@open_to_me
def tell(request: HttpRequest, response: Response) -> HttpResponse:
    form = TellForm(request.POST, ways=telling.WORDS.items())
    if not form.is_valid():
        return show_case(request, response, 422, telling=form)
    try:
        telling.tell(response, by=clinician(request), **form.cleaned_data)
    except telling.NotPlain as error:
        form.add_error("text", f"Leave out: {', '.join(error.words)}.")
    except telling.NotAllowed:
        form.add_error("how", "The patient did not say that email is safe.")
    if form.errors:
        return show_case(request, response, 422, telling=form)
    return redirect("case", response.pk)
