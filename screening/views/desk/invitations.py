"""The desk makes links for patients, and prints them with a picture to scan."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import qrcode
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from qrcode.image.svg import SvgPathImage

from screening.models import PatientInvitation, Role
from screening.services import links, promises
from screening.services.journey import inviting
from screening.views import moments
from screening.views.access import clinician, staff
from screening.views.journey import tablets

DESK = (Role.FRONT_DESK, Role.REVIEWER, Role.LEAD)


@staff(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        for_tablet = request.POST.get("for") == "tablet"
        made = inviting.invite(by=clinician(request), for_tablet=for_tablet)
        return redirect("invitation", made.pk)
    now = timezone.now()
    context = {
        "here": "invitations",
        "rows": [_row(each, now) for each in inviting.latest()],
        "is_tablet": tablets.number(request) is not None,
        "idle_minutes": tablets.idle_minutes(),
    }
    return TemplateResponse(request, "screening/clinician/invitations.html", context)


@staff(*DESK)
@require_safe
def invitation(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show the link to print; once it is used there is nothing to show."""
    found = get_object_or_404(PatientInvitation, pk=key)
    row = _row(found, timezone.now())
    context = {"here": "invitations", "invitation": row}
    if row["waits"]:
        until = moments.day(found.expires_at)
        context |= {"link": _address(found), "until": until}
    return TemplateResponse(request, "screening/clinician/invitation.html", context)


@staff(*DESK)
@require_safe
def picture(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Draw the link as squares, for a phone's camera."""
    found = links.usable(PatientInvitation, key)
    if found is None:
        raise Http404
    drawn = qrcode.make(_address(found), image_factory=SvgPathImage)
    return HttpResponse(drawn.to_string(), content_type="image/svg+xml")


@staff(*DESK)
@require_POST
def withdraw(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(PatientInvitation, pk=key)
    inviting.withdraw(found, by=clinician(request))
    return redirect("invitations")


def _row(invitation: PatientInvitation, now: datetime) -> dict[str, Any]:
    used, back = invitation.used_at, invitation.withdrawn_at
    waits = not (used or back) and invitation.expires_at > now
    if used:
        state = f"Used {moments.moment(used)}"
    elif back:
        state = f"Taken back {moments.moment(back)}"
    elif waits:
        state = f"Waits until {promises.day_in_words(invitation.expires_at)}"
    else:
        state = "Too old"
    return {
        "key": invitation.pk,
        "made": moments.moment(invitation.made_at),
        "by": str(invitation.made_by),
        "for_tablet": invitation.for_tablet,
        "state": state,
        "waits": waits,
    }


def _address(invitation: PatientInvitation) -> str:
    token = links.token_of(invitation)
    return settings.ORIGIN + reverse("invitation_link", args=[token])
