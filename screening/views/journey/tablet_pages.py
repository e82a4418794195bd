"""The end of a turn at a tablet, and how staff make a device one."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from screening.services.journey import inviting
from screening.views.access import (
    anyone,
    came_from,
    clinician,
    draft_of,
    forget,
    is_late,
    staff,
)
from screening.views.desk.invitations import DESK
from screening.views.forgetting import forgets
from screening.views.journey import tablets


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
@forgets
def finish(request: HttpRequest) -> HttpResponse:
    """Clear the tablet at the press of a button; what was saved stays saved."""
    if not tablets.number(request):
        return redirect("start")
    if request.method == "POST":
        forget(request)
        return redirect("cleared")
    onward = came_from(request) or reverse("check")
    context = {"has_draft": draft_of(request) is not None, "continue_url": onward}
    return TemplateResponse(request, "screening/patient/finish.html", context)


@anyone
@require_safe
@forgets
def cleared(request: HttpRequest) -> HttpResponse:
    """Where a tablet goes that nobody touched: whatever it held is forgotten here."""
    if not tablets.number(request):
        return redirect("start")
    forget(request)
    lent = tablets.is_lent(request)
    template = "screening/patient/cleared.html"
    response = TemplateResponse(
        request, template, {"lent": lent, "late": is_late(request)}
    )
    if lent:
        tablets.leave(response)
    return response


@staff(*DESK)
@require_POST
def tablet(request: HttpRequest) -> HttpResponse:
    """Make this device a tablet and sign out at once, or make it none any more."""
    by = clinician(request)
    if request.POST.get("action") == "end":
        inviting.note_tablet(tablets.number(request) or "", ends=True, by=by)
        answer = redirect("invitations")
        tablets.leave(answer)
        return answer
    answer = redirect("cleared")
    inviting.note_tablet(tablets.enter(answer), by=by)
    get_adapter(request).logout(request)
    return answer
