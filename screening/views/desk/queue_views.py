"""Views of one's own: the filter in sight is named, kept, and forgotten again."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from screening.forms.queue_view import QueueViewForm
from screening.models import QueueView
from screening.services.desk import keeping_views
from screening.views.access import clinician, staff
from screening.views.desk import queue_filters, queue_page
from screening.views.desk.one_case import READERS


@staff(*READERS)
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    by, parts = clinician(request), queue_filters.parts(request.POST)
    filters, form = queue_filters.query(parts), QueueViewForm(request.POST)
    if not parts:
        return redirect("queue")
    try:
        if form.is_valid():
            name = form.cleaned_data["name"]
            keeping_views.keep(name=name, filters=filters, by=by)
            return redirect(f"{reverse('queue')}?{filters}")
    except keeping_views.TooMany:
        form.add_error("name", f"Keep {keeping_views.MOST} at most: delete one first.")
    context = queue_page.context(by, parts=parts) | {"form": form}
    template = "screening/clinician/queue.html"
    return TemplateResponse(request, template, context, status=422)


@staff(*READERS)
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a view of one's own; one that is gone, or another's, changes nothing."""
    with suppress(QueueView.DoesNotExist):
        keeping_views.forget(pk, by=clinician(request))
    return redirect("queue")
