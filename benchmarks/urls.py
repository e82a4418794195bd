"""The product's addresses, and two bare views behind the same middleware."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse("bare")


def bare(request: HttpRequest) -> HttpResponse:
    """Know the browser's session, as every page behind that middleware does."""
    request.session.get("draft")
    return HttpResponse("bare")


urlpatterns = [
    path("bare/", bare),
    path("constant/", constant),
    path("", include("clinic.urls")),
]
