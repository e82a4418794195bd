"""What every page shows: the clinic, where help is, and to staff what is amiss."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from screening.models import Role, Staff
from screening.services import promises
from screening.services.safety import watching
from screening.views.desk import queue_page
from screening.views.journey import tablets


def clinic(request: HttpRequest | None = None) -> dict[str, Any]:
    return {
        "clinic": promises.context(),
        "crisis": promises.crisis_contacts(),
        "demo": settings.DEMO,
        "tablet": tablets.rest(request),
        "assistant": getattr(request, "assistant", None),
    }


def notices(request: HttpRequest) -> dict[str, Any]:
    """Tell staff what no page of theirs may hide; patients' pages never ask for it."""
    return {
        "banner": SimpleLazyObject(lambda: _banner(request)),
        "warnings": SimpleLazyObject(lambda: _warnings(request)),
    }


def _banner(request: HttpRequest) -> dict[str, Any] | None:
    user: Any = request.user
    if not isinstance(user, Staff) or user.role == Role.ADMINISTRATOR:
        return None
    return queue_page.banner()


def _warnings(request: HttpRequest) -> list[str]:
    user: Any = request.user
    return watching.warnings() if user.is_authenticated else []
