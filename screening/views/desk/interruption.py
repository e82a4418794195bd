"""A pause before a decision that is calmer than a red flag demands: it asks why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from screening.forms.review import ReviewForm
from screening.models import OVERRULING, Response
from screening.services.desk import noting, overruling
from screening.views.access import clinician
from screening.views.case.case_findings import LEVELS
from screening.views.desk import queue_page

CHOOSE = "Choose why, or go back to the case."
WRITE = "Write the reason into the note."


def ask(
    request: HttpRequest,
    response: Response,
    form: ReviewForm,
    pause: overruling.Overrules,
) -> HttpResponse:
    """Nothing is signed yet; what was written is kept. The page needs no script."""
    keep_note(request, response, form)
    chosen = form.cleaned_data["overrules"]
    context = {
        "case": queue_page.place(response),
        "version": form.cleaned_data["version"],
        "choice": form.data["choice"],
        "decision": form.attempted,
        "demands": [
            {"level": LEVELS[each.kind], "code": each.code, "words": each.words}
            for each in pause.demands
        ],
        "reasons": OVERRULING,
        "chosen": chosen,
        "note": form.cleaned_data["note"],
        "problem": _problem(request, chosen),
    }
    template = "screening/clinician/interruption.html"
    return TemplateResponse(request, template, context, status=422)


def keep_note(request: HttpRequest, response: Response, form: ReviewForm) -> None:
    """Whoever leaves without signing finds it at the case again."""
    if note := form.cleaned_data["note"]:
        noting.keep(response, note, by=clinician(request))


def _problem(request: HttpRequest, chosen: str) -> str:
    if "asked_why" not in request.POST:
        return ""
    return WRITE if chosen else CHOOSE
