"""A colleague follows the link of the lead's mail, and chooses a password."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from screening.forms.team import JoinForm
from screening.models import StaffInvitation
from screening.services import links
from screening.services.team import hiring
from screening.views import linked
from screening.views.access import anyone, forget

JOINING = "joining"
WELCOME = "Your account is ready. Sign in with your email and your new password."


@anyone
@require_safe
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Use nothing up: programs that read mail open every link in it."""
    linked.keep(request, StaffInvitation, token, JOINING)
    return redirect("join")


@anyone
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    invitation = links.usable(StaffInvitation, request.session.get(JOINING))
    if invitation is None:
        return _over(request)
    form = JoinForm(request.POST or None, invitation=invitation)
    if form.is_valid():
        try:
            hiring.join(invitation, **form.cleaned_data)
        except links.NotUsable:
            return _over(request)
        forget(request)
        messages.success(request, WELCOME)
        return redirect(settings.LOGIN_URL)
    context = {"form": form, "email": invitation.email}
    status = 422 if form.errors else 200
    template = "screening/clinician/join.html"
    return TemplateResponse(request, template, context, status=status)


def _over(request: HttpRequest) -> HttpResponse:
    template = "screening/clinician/join_over.html"
    return TemplateResponse(request, template, status=410)
