"""Staff are signed out when they rest or stay too long; patients may rest for a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from screening.models import Staff
from screening.services import auditing
from screening.views.journey.phone import ASSISTS

Respond = Callable[[HttpRequest], HttpResponseBase]

ROOM = "/staff/"
DOOR = "/staff/account/"
# Only what needs a session anyway: help asks for none.
JOURNEY = (
    *("/begin/", "/page/", "/check/", "/send/", "/code/", "/copy/"),
    *("/help-now/", "/stop/"),
)
IDLE = timedelta(minutes=30).total_seconds()
LONGEST = timedelta(hours=12).total_seconds()
# A session is written at most this often, and may end this much too early.
STEP = 60
SIGNED_IN, SEEN = "signed-in-at", "seen-at"
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def staff_sessions(respond: Respond) -> Respond:
    """Stand after the authentication in MIDDLEWARE."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        user = request.user if _is_staffs(request) else None
        if not isinstance(user, Staff):
            return respond(request)
        if _is_over(request):
            return _sign_out(request, user, respond)
        if _wants_second_factor(request, user):
            return redirect("mfa_activate_totp")
        return respond(request)

    return answer


def _is_staffs(request: HttpRequest) -> bool:
    """Tell staff's pages, and those on which staff fill in for a patient."""
    if request.path.startswith(ROOM):
        return True
    return request.path.startswith(JOURNEY) and ASSISTS in request.session


def _is_over(request: HttpRequest) -> bool:
    now, session = timezone.now().timestamp(), request.session
    signed_in = session.setdefault(SIGNED_IN, now)
    seen = session.setdefault(SEEN, now)
    if now - signed_in >= LONGEST or now - seen >= IDLE:
        return True
    if now - seen >= STEP:
        session[SEEN] = now
    return False


def _sign_out(request: HttpRequest, user: Staff, respond: Respond) -> HttpResponseBase:
    with transaction.atomic():
        auditing.record("staff.timed-out", actor=user)
    logout(request)
    if request.path.startswith(DOOR):
        return respond(request)
    return redirect_to_login(_way_back(request))


def _way_back(request: HttpRequest) -> str:
    """Return to the page, or to the one whose button was pressed too late."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    path = urlsplit(request.headers.get("Referer", "")).path
    return path if path.startswith(ROOM) else ROOM


def _wants_second_factor(request: HttpRequest, user: Staff) -> bool:
    if not settings.SECOND_FACTOR_REQUIRED or request.path.startswith(DOOR):
        return False
    return not is_mfa_enabled(user, FACTORS)
