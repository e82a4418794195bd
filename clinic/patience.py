"""Nobody waits for a database that has just kept somebody else waiting in vain."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Semaphore

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from clinic.databases import CONNECTING_WAIT, PAGES_WAIT, SQLITE
from screening.views.errors import unavailable

Respond = Callable[[HttpRequest], HttpResponseBase]

READS = ("GET", "HEAD", "OPTIONS")
# They ask the database nothing: no outage stops them, and they prove no end of one.
NEEDS_NONE = ("/help/", "/health/live")
QUESTIONS = "/page/"
# Seconds. What fails sooner holds up nobody; after the pause it is tried again.
LONG = 0.8 * PAGES_WAIT
PAUSE = 1.0
# For a lock nobody waits so long: then nothing is there to read, either.
GONE = 0.9 * CONNECTING_WAIT
# SQLite has one writer; whoever waits for it by looking again and again may starve.
AT_ONCE = 1 if settings.DATABASES["default"]["ENGINE"] == SQLITE else 1000


@dataclass
class Door:
    """What requests of one kind last saw of the database."""

    kept_at: float = 0.0
    shut_until: float = 0.0

    def is_shut(self) -> bool:
        return time.monotonic() < self.shut_until

    def note(self, response: HttpResponseBase, began: float) -> None:
        """Shut after a long wait in vain, unless others got through meanwhile."""
        now = time.monotonic()
        if not _is_outage(response):
            self.kept_at = now
        elif now - began >= LONG and self.kept_at < began:
            self.shut_until = now + PAUSE


def no_vain_wait(respond: Respond) -> Respond:
    """Answer at once with the page of an outage while one goes on."""
    reads, writes, pen = Door(), Door(), Semaphore(AT_ONCE)

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(NEEDS_NONE):
            return respond(request)
        if request.method in READS:
            return _through(reads, writes, respond, request)
        if not pen.acquire(timeout=PAGES_WAIT):
            return unavailable(request)
        try:
            return _through(writes, reads, respond, request)
        finally:
            pen.release()

    return answer


def help_all_the_same(respond: Respond) -> Respond:
    """Whoever asks for help on a page that cannot be saved gets help, not the reason.

    Stand outside whatever may refuse a page or wait for the database.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = respond(request)
        if response.status_code >= 400 and _asks_for_help(request):
            return HttpResponseRedirect("/help/?late=yes#us")
        return response

    return answer


def _through(
    door: Door, other: Door, respond: Respond, request: HttpRequest
) -> HttpResponseBase:
    if door.is_shut():
        return unavailable(request)
    began = time.monotonic()
    response = respond(request)
    door.note(response, began)
    if time.monotonic() - began >= GONE:
        other.note(response, began)
    return response


def _asks_for_help(request: HttpRequest) -> bool:
    is_page = request.method == "POST" and request.path.startswith(QUESTIONS)
    return is_page and request.POST.get("action") == "help"


def _is_outage(response: HttpResponseBase) -> bool:
    """The monitor's page says 503 as well, and means something else."""
    return response.status_code == 503 and response.has_header("Retry-After")
