"""How the clinic is doing, for the lead: drawn by the server, with a table beside."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from screening.models import Role
from screening.services.figures import counting
from screening.views import moments
from screening.views.access import staff
from screening.views.figures import doing_page


@staff(Role.LEAD)
@require_safe
def doing(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        "here": "doing",
        "checked": moments.moment(now),
        "weeks": counting.SPAN.days // 7,
        "fewest": counting.FEWEST,
        "charts": doing_page.charts(now),
    }
    return TemplateResponse(request, "screening/clinician/doing.html", context)
