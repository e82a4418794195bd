"""Budgets for guessing and for beginning, counted in the shared cache for an hour.

They are counted by address; an invited patient and a tablet of the clinic's have their
own, so that a flood from one network shuts neither out.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from screening import vault
from screening.views import tablets
from screening.views.access import INVITED

logger = logging.getLogger(__name__)
HOUR = 3600
TRIES_TO_RESUME = 10
STARTS_INVITED = 5
STARTS_ON_A_TABLET = 30


@dataclass(frozen=True)
class Budget:
    what: str
    name: str
    most: int


def to_resume(request: HttpRequest) -> Budget:
    return _budget("resume", "address", address(request), TRIES_TO_RESUME)


def to_confirm(request: HttpRequest) -> Budget:
    return _budget("confirm", "address", address(request), TRIES_TO_RESUME)


def to_begin(request: HttpRequest) -> Budget:
    """Return the budget this start is taken from; a start may end the session."""
    invited, tablet = request.session.get(INVITED), tablets.number(request)
    if invited:
        return _budget("begin", "invitation", str(invited), STARTS_INVITED)
    if tablet and not tablets.is_lent(request):
        return _budget("begin", "tablet", tablet, STARTS_ON_A_TABLET)
    return _budget("begin", "address", address(request), settings.STARTS_PER_HOUR)


def is_over(budget: Budget) -> bool:
    over = bool(cache.get(budget.name, 0) >= budget.most)
    if over:
        logger.warning("A budget to %s is used up.", budget.what)
    return over


def spend(budget: Budget) -> None:
    """Count one more against it for an hour, unless the cache is away."""
    cache.add(budget.name, 0, HOUR)
    with suppress(ValueError):
        cache.incr(budget.name)


def _budget(what: str, kind: str, whose: str, most: int) -> Budget:
    return Budget(what, f"budget:{what}:{vault.blind_index(kind, whose)}", most)


def address(request: HttpRequest) -> str:
    """Return the client's address, trusting only the clinic's own proxies."""
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    trusted = settings.PROXIES
    if trusted and len(hops) >= trusted:
        return str(hops[-trusted]).strip()
    return str(request.META.get("REMOTE_ADDR", ""))
