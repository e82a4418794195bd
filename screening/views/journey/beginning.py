"""Who may begin: a page that was shown first, by a person, within a budget."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from screening.models import PatientInvitation, Protocol, Response
from screening.services import answering, links
from screening.services.journey import inviting
from screening.views import throttle
from screening.views.access import DRAFT, INVITED
from screening.views.journey import phone

View = Callable[[HttpRequest], HttpResponse]

# A field that no person sees. Whatever fills it in is hardly a person, but may be a
# browser that means well: the questionnaire goes on, and waits apart from the others.
TRAP = "website"
TOKEN = "start-token"
SALT = "screening.start"
VALID_SECONDS = 24 * 60 * 60


def watched(view: View) -> View:
    """Ask a token of each page that begins a questionnaire, and count the beginnings.

    Over the budget the clinic's phone and the help page are shown, never nothing.
    """

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        phone.assistant(request)
        request.start_token = signing.dumps("", salt=SALT)  # type: ignore[attr-defined]
        if request.method != "POST":
            return view(request)
        budget = throttle.to_begin(request)
        if not throttle.take(budget):
            return TemplateResponse(request, "429.html", status=429)
        if not _was_shown(request.POST.get(TOKEN, "")):
            throttle.give_back(budget)
            return redirect("begin")
        before = request.session.get(DRAFT)
        response = view(request)
        if response.status_code != 302 or request.session.get(DRAFT) == before:
            throttle.give_back(budget)
        return response

    return guarded


def draft(
    request: HttpRequest, protocol: Protocol, answers: dict[str, Any]
) -> Response:
    """Begin the draft, with the invitation where there is one. Raises NotUsable."""
    said: dict[str, Any] = {"answers": answers, "spam": bool(request.POST.get(TRAP))}
    said["recorded_by"] = phone.assistant(request)
    if INVITED not in request.session:
        return answering.begin(protocol=protocol, **said)
    invitation = links.usable(PatientInvitation, request.session.pop(INVITED))
    if invitation is None:
        raise links.NotUsable
    return inviting.begin(invitation, protocol=protocol, **said)


def _was_shown(token: str) -> bool:
    try:
        signing.loads(token, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        return False
    return True
