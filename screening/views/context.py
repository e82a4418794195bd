"""What every page shows: the clinic, its hours, and where help is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from screening.services import promises


def clinic(request: HttpRequest | None = None) -> dict[str, Any]:
    return {
        "clinic": promises.context(),
        "crisis": promises.crisis_contacts(),
        "demo": settings.DEMO,
    }
