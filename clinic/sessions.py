"""Sessions whose cookie cannot be made from the database, nor from a backup of it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

SIGNER = Signer(salt="clinic.sessions")


class SignedSessions(SessionMiddleware):
    """Django's cookie is the very key of the row: a dump would sign its thief in."""

    def process_request(self, request: HttpRequest) -> None:
        cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        request.session = self.SessionStore(_key_of(cookie))

    def process_response(
        self, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        answer = super().process_response(request, response)
        cookie = answer.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie is not None and cookie.value:
            signed = SIGNER.sign(cookie.value)
            cookie.set(cookie.key, signed, signed)
        return answer


def _key_of(cookie: str) -> str | None:
    try:
        return SIGNER.unsign(cookie)
    except BadSignature:
        return None
