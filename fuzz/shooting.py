"""Sends the requests, and keeps what nobody should have been answered."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from typing import Any

from fuzz import people, routes
from fuzz.requests import Request, request

SLOWEST = 2.0
RENEW_AFTER = 60
TRACE = re.compile(
    rb"Traceback|File &quot;|File \"/|\.py&quot;|django\.[a-z]+\.|DEBUG = True"
)
# It says 503 when it is asked whether all is well and it is not.
MAY_SAY_503 = "/health/"
SHOWN = 6


def shoot(number: int, seed: int) -> dict[str, Any]:
    """Go round the routes until so many requests were sent; return what was found."""
    chance, cast = random.Random(seed), people.Cast(seed)
    every = sorted(set(routes.routes()))
    found, statuses, examples = Counter[str](), Counter[str](), list[str]()
    slowest = 0.0
    for place in range(number):
        if place % RENEW_AFTER == RENEW_AFTER - 1:
            cast.renew()
        route = routes.pick(every, place, chance)
        who, client = cast.somebody(route, chance)
        path = routes.address(route, chance, cast.known)
        asked = request(chance, path)
        status, body, seconds = _answer(client, path, asked)
        slowest = max(slowest, seconds)
        statuses[str(status)] += 1
        if status == 503 and path.startswith(MAY_SAY_503):
            continue
        for fault in _faults(status, body, seconds):
            found[fault] += 1
            if len(examples) < SHOWN:
                examples.append(f"{fault} {status} {who} {asked.method} {path[:200]}")
    return {
        "requests": number,
        "routes": len(every),
        "identities": len(cast.clients),
        "slowest": slowest,
        "found": found,
        "statuses": statuses,
        "examples": examples,
    }


def _answer(client: Any, path: str, asked: Request) -> tuple[int, bytes, float]:
    """Give it over as a server would. What gets through to the server is a fault."""
    began = time.monotonic()
    try:
        answer = client.generic(
            asked.method, path, asked.body, asked.kind, **asked.headers
        )
        body = b"".join(answer) if answer.streaming else answer.content
        return answer.status_code, body, time.monotonic() - began
    except Exception as error:
        return 599, repr(error).encode(), time.monotonic() - began


def _faults(status: int, body: bytes, seconds: float) -> list[str]:
    found = ["fault"] if status >= 500 else []
    found += ["hang"] if seconds > SLOWEST else []
    return found + (["trace"] if TRACE.search(body) else [])
