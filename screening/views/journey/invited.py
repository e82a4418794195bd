"""An invited patient: the link leaves the address at once, a button goes on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from screening.models import PatientInvitation
from screening.services import links
from screening.services.upkeep import readiness
from screening.views import linked
from screening.views.access import INVITED, anyone, draft_of
from screening.views.journey import tablets


@anyone
@require_safe
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Use nothing up: programs that read mail open every link in it."""
    linked.keep(request, PatientInvitation, token, INVITED)
    return redirect("invited")


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest) -> HttpResponse:
    if readiness.why_closed():
        return TemplateResponse(request, "screening/patient/closed.html")
    invitation = links.usable(PatientInvitation, request.session.get(INVITED))
    if invitation is None:
        context = {"has_draft": draft_of(request) is not None}
        template = "screening/patient/link_over.html"
        return TemplateResponse(request, template, context, status=410)
    if request.method == "POST":
        answer = redirect("begin")
        if invitation.for_tablet and not tablets.is_kept(request):
            tablets.lend(answer)
        return answer
    context = {"for_tablet": invitation.for_tablet}
    return TemplateResponse(request, "screening/patient/invited.html", context)
