"""Tell browsers and robots to keep no dynamic answer, nor lend it to other sites."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

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


def private_answers(respond: Respond) -> Respond:
    """Stand after the static files in MIDDLEWARE: those may be kept."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = respond(request)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    return answer
