"""When something is wrong: what became of the answers, and where help is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from screening.views.context import clinic


def bad_request(
    request: HttpRequest, exception: Exception | None = None
) -> HttpResponse:
    return _error("400", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error("403", 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _error("403", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error("404", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _error("500", 500)


def _error(template: str, status: int) -> HttpResponse:
    """Draw without context processors, so that no second fault hides the first."""
    return HttpResponse(render_to_string(f"{template}.html", clinic()), status=status)
