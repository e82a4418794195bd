"""A tablet of the clinic's goes from hand to hand: it forgets soon, and at the end."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

Respond = Callable[[HttpRequest], HttpResponseBase]

SALT = "screening.tablet"
# Put on a link for one patient, it lasts as long as a day at the clinic.
LENT = "lent"
DAY, YEAR = 12 * 3600, 365 * 24 * 3600
IDLE_MINUTES = 10
STAFF_ROOM = "/staff/"
OFFERED = re.compile(rb' autocomplete="(?!off")[^"]*"')


def number(request: HttpRequest | None) -> str | None:
    """Return what tells this tablet from others; None where it is no tablet."""
    if request is None:
        return None
    found: str | None = request.get_signed_cookie(
        _cookie(), default=None, salt=SALT, max_age=YEAR
    )
    return found


def idle_minutes() -> int:
    return int(settings.CLINIC.get("tablet", {}).get("idle_minutes", IDLE_MINUTES))


def rest(request: HttpRequest | None) -> dict[str, int]:
    """Return after what idle time this device forgets; nothing where it need not."""
    if not number(request):
        return {}
    return {"minutes": idle_minutes(), "seconds": idle_minutes() * 60}


def enter(response: HttpResponse) -> str:
    """Make a device a tablet of the clinic's, until staff take it out again."""
    name = secrets.token_hex(8)
    _keep(response, name, YEAR)
    return name


def lend(response: HttpResponse) -> None:
    """Make it one for a single patient."""
    _keep(response, f"{LENT}-{secrets.token_hex(8)}", DAY)


def is_lent(request: HttpRequest) -> bool:
    return (number(request) or "").startswith(LENT)


def is_kept(request: HttpRequest) -> bool:
    """Say whether this is the clinic's own tablet, which no patient's end unmakes."""
    return bool(number(request)) and not is_lent(request)


def leave(response: HttpResponse) -> None:
    response.delete_cookie(_cookie(), samesite="Lax")


def forgetful(respond: Respond) -> Respond:
    """Stand inside the sessions in MIDDLEWARE: what rests on a tablet is forgotten,
    and its browser is asked to offer nobody what another has typed.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = respond(request)
        if not number(request) or request.path.startswith(STAFF_ROOM):
            return response
        # A page that asked for no session, such as help, must not ask for one now.
        if request.session.accessed and not request.session.is_empty():
            request.session.set_expiry(idle_minutes() * 60)
        return _offering_nothing(response)

    return answer


def _offering_nothing(response: HttpResponseBase) -> HttpResponseBase:
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if is_page and isinstance(response, HttpResponse):
        response.content = OFFERED.sub(b' autocomplete="off"', response.content)
        # The part inside has counted already.
        response.headers["Content-Length"] = str(len(response.content))
    return response


def _keep(response: HttpResponse, name: str, seconds: int) -> None:
    response.set_signed_cookie(
        _cookie(),
        name,
        salt=SALT,
        max_age=seconds,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _cookie() -> str:
    """Name it as the session's is named, with the prefix that production has."""
    return settings.SESSION_COOKIE_NAME.replace("session", "tablet")
