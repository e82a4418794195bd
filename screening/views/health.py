"""What a monitor asks: does the server live, and is all in place behind it?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from screening.services.upkeep import soundness
from screening.views.access import anyone


@anyone
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Ask nothing of the database: a server that only lost that need not restart."""
    return JsonResponse({"server": "ok"})


@anyone
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    parts = soundness.parts()
    words = {name: "ok" if sound else "amiss" for name, sound in parts.items()}
    return JsonResponse(words, status=200 if all(parts.values()) else 503)
