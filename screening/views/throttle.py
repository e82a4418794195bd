"""Budgets for guessing and for beginning, counted by address in the shared cache."""

from __future__ import annotations

from contextlib import suppress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from screening import vault

HOUR = 3600
TRIES_TO_RESUME = 10


def is_over_budget(request: HttpRequest, what: str) -> bool:
    budgets = {"resume": TRIES_TO_RESUME, "begin": settings.STARTS_PER_HOUR}
    return cache.get(_name(request, what), 0) >= budgets[what]


def spend(request: HttpRequest, what: str) -> None:
    """Count one more against the address for an hour, unless the cache is away."""
    name = _name(request, what)
    cache.add(name, 0, HOUR)
    with suppress(ValueError):
        cache.incr(name)


def _name(request: HttpRequest, what: str) -> str:
    return f"budget:{what}:{vault.blind_index('address', address(request))}"


def address(request: HttpRequest) -> str:
    """Return the client's address, trusting only the clinic's own proxies."""
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    trusted = settings.PROXIES
    if trusted and len(hops) >= trusted:
        return str(hops[-trusted]).strip()
    return str(request.META.get("REMOTE_ADDR", ""))
