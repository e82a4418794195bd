"""Who may begin: a page that was shown first, by a person, within a budget."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from screening.views import throttle
from screening.views.access import DRAFT

View = Callable[[HttpRequest], HttpResponse]

# A field that no person sees; whatever fills it in is no person.
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
        request.start_token = signing.dumps("", salt=SALT)  # type: ignore[attr-defined]
        if request.method != "POST":
            return view(request)
        if request.POST.get(TRAP) or throttle.is_over_budget(request, "begin"):
            return TemplateResponse(request, "429.html", status=429)
        if not _was_shown(request.POST.get(TOKEN, "")):
            return redirect("begin")
        response = view(request)
        if response.status_code == 302 and DRAFT in request.session:
            throttle.spend(request, "begin")
        return response

    return guarded


def _was_shown(token: str) -> bool:
    try:
        signing.loads(token, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        return False
    return True
