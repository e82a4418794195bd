"""When something is wrong: what became of the answers, and where help is."""

from __future__ import annotations

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from screening.models import Staff
from screening.views.context import clinic

logger = logging.getLogger(__name__)
DESK = "/staff/"
# Seconds
TRY_AGAIN_AFTER = 120


def bad_request(
    request: HttpRequest, exception: Exception | None = None
) -> HttpResponse:
    """A session that could not be saved because of an outage arrives here, too."""
    return unavailable(request) if _is_outage() else _error(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _astray(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    match = request.resolver_match
    logger.warning(
        "A post from elsewhere to %s was refused.", match and match.view_name
    )
    return _astray(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _astray(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A database that is away or busy passes; only the rest is a fault of ours.

    Django calls this while it handles the exception, wherever that was raised.
    """
    return unavailable(request) if _is_outage() else _error(request, 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    response = _error(request, 503)
    response["Retry-After"] = str(TRY_AGAIN_AFTER)
    return response


def _is_outage() -> bool:
    """Look for the database behind the exception in hand, and behind its causes."""
    error = sys.exc_info()[1]
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return True
        error = error.__context__
    return False


def _astray(request: HttpRequest, status: int) -> HttpResponse:
    """Lead staff back to their desk, and everybody else to their answers.

    Whether a case exists is not told: what is closed to a role looks like what is gone.
    """
    user = getattr(request, "user", None)
    if not request.path.startswith(DESK) or not isinstance(user, Staff):
        return _error(request, status)
    page = render_to_string(f"screening/clinician/astray_{status}.html", {}, request)
    return HttpResponse(page, status=status)


def _error(request: HttpRequest, status: int) -> HttpResponse:
    """Draw without context processors, so that no second fault hides the first."""
    page = render_to_string(f"{status}.html", clinic(request))
    return HttpResponse(page, status=status)
