"""Every address of the URLconf, with fitting and unfitting words in its places."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.urls import URLPattern, URLResolver, get_resolver

from fuzz import values

PLACE = re.compile(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)")
NOISE = re.compile(r"[\^$\\]|\(\?:|\)\??")


def routes(patterns: Any = None, before: str = "") -> Iterator[str]:
    """Walk the URLconf: a route that is new is here without anybody's doing."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        here = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, here)
        elif isinstance(entry, URLPattern):
            yield here


def pick(every: list[str], place: int, chance: random.Random) -> str:
    """Take each in turn, and in between those again that are not the libraries'."""
    if place % 2:
        return every[place // 2 % len(every)]
    own = [r for r in every if not r.startswith(("staff/admin/", "staff/account/"))]
    return chance.choice([*own, *["page/<slug:slug>/"] * 30])


def address(route: str, chance: random.Random, known: dict[str, list[str]]) -> str:
    """Fill the places of a route, mostly with what is there, and hang on a query."""

    def filled(place: re.Match[str]) -> str:
        kind = place[1] or place[2] or place[3] or ""
        there = known.get(kind) or known.get("str", [""])
        text = chance.choice(there if chance.random() < 0.8 else values.TEXTS)
        return quote(text, safe="", errors="replace")

    path = "/" + NOISE.sub("", PLACE.sub(filled, route))
    return path + _query(chance)


def _query(chance: random.Random) -> str:
    if chance.random() < 0.5:
        return ""
    name, value = chance.choice(values.PARAMETERS), chance.choice(values.TEXTS)
    if chance.random() < 0.1:
        return "?" + chance.choice(values.RAW).replace("#", "")[:2000]
    return f"?{name}={quote(value, safe='', errors='replace')[:4000]}"
