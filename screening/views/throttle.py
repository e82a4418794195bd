"""Budgets for guessing and for beginning, counted in the shared cache.

They are counted by address; an invited patient and a tablet of the clinic's have their
own, so that a flood from one network shuts neither out.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv6Network, ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from screening import vault
from screening.services.journey import codes
from screening.views.access import INVITED
from screening.views.journey import phone, tablets

logger = logging.getLogger(__name__)
HOUR = 3600
DAY = 24 * HOUR
TRIES_TO_RESUME = 10
# Whoever found somebody's code guesses birth dates, perhaps from many addresses.
TRIES_OF_A_CODE = 10
STARTS_INVITED = 5
STARTS_ON_A_TABLET = 30
# Of an address of IPv6: the rest of it belongs to one household.
NETWORK_BITS = 64


@dataclass(frozen=True)
class Budget:
    what: str
    name: str
    most: int
    seconds: int = HOUR


def to_resume(request: HttpRequest) -> Budget:
    return _budget("resume", "address", address(request), TRIES_TO_RESUME)


def to_confirm(request: HttpRequest) -> Budget:
    return _budget("confirm", "address", address(request), TRIES_TO_RESUME)


def of_code(code: str) -> Budget:
    """Return the day's budget of one code, whoever types it."""
    budget = _budget("resume", "code", codes.normal(code), TRIES_OF_A_CODE)
    return replace(budget, seconds=DAY)


def to_begin(request: HttpRequest) -> Budget:
    """Return the budget this start is taken from; a start may end the session."""
    if helper := phone.assistant(request):
        return _budget("begin", "staff", str(helper.pk), STARTS_ON_A_TABLET)
    invited, tablet = request.session.get(INVITED), tablets.number(request)
    if invited:
        return _budget("begin", "invitation", str(invited), STARTS_INVITED)
    if tablet and not tablets.is_lent(request):
        return _budget("begin", "tablet", tablet, STARTS_ON_A_TABLET)
    return _budget("begin", "address", address(request), settings.STARTS_PER_HOUR)


def take(budget: Budget) -> bool:
    """Count one more against it; False when that is too much.

    It is counted before anything is tried: of many at one instant none slips past.
    """
    cache.add(budget.name, 0, budget.seconds)
    try:
        over = cache.incr(budget.name) > budget.most
    except ValueError:
        # It ran out in between, or the cache is away.
        over = False
    if over:
        logger.warning("A budget to %s is used up.", budget.what)
    return not over


def give_back(budget: Budget) -> None:
    """It was no wrong try, or nothing was begun."""
    with suppress(ValueError):
        cache.decr(budget.name)


def _budget(what: str, kind: str, whose: str, most: int) -> Budget:
    return Budget(what, f"budget:{what}:{vault.blind_index(kind, whose)}", most)


def address(request: HttpRequest) -> str:
    """Return the client's address, trusting only the clinic's own proxies."""
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    trusted = settings.PROXIES
    if trusted and len(hops) >= trusted:
        return _network(hops[-trusted].strip())
    return _network(str(request.META.get("REMOTE_ADDR", "")))


def _network(said: str) -> str:
    """Take an address of IPv6 for its network: each line has millions."""
    try:
        found = ip_address(said)
    except ValueError:
        return said
    if isinstance(found, IPv4Address) or found.ipv4_mapped:
        return said
    return str(IPv6Network((int(found), NETWORK_BITS), strict=False))
