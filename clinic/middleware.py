"""Tell browsers and robots to keep no dynamic answer, nor lend it to other sites."""

from __future__ import annotations

from collections.abc import Callable

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from screening.views.errors import bad_request

Respond = Callable[[HttpRequest], HttpResponseBase]

REFUSED_FEATURES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "identity-credentials-get",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in REFUSED_FEATURES),
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
BACK_OFFICE = "/staff/admin/"
# A longer number is no length of anything.
DIGITS = 12


def private_answers(respond: Respond) -> Respond:
    """Stand after the static files in MIDDLEWARE: those may be kept."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = respond(request)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    return answer


def bounded_bodies(respond: Respond) -> Respond:
    """Refuse a body that is announced as too long, before anybody reads of it.

    Django minds the length of a form alone, not that of one with files.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        said = str(request.META.get("CONTENT_LENGTH") or "0")
        if len(said) > DIGITS or not said.isdecimal() or int(said) > _most():
            return bad_request(request)
        return respond(request)

    return answer


def _most() -> int:
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)


def back_office_scripts(respond: Respond) -> Respond:
    """Django's admin ships a jQuery that knows no trusted types; only it goes without.

    Stand inside the policy's own middleware.
    """
    respond_without = csp_replace({"require-trusted-types-for": None})(respond)

    def answer(request: HttpRequest) -> HttpResponseBase:
        within = request.path.startswith(BACK_OFFICE)
        return respond_without(request) if within else respond(request)

    return answer
