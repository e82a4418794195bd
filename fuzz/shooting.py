"""Sends the requests, and keeps what nobody should have been answered."""

from __future__ import annotations

import random
import re
import time
import traceback
from collections import Counter
from io import BytesIO
from typing import Any, NamedTuple

from fuzz import people, routes
from fuzz.requests import Request, request

SLOWEST = 2.0
# Beside other work a second of ours takes longer by the clock, but not this much.
PATIENCE = 5
RENEW_AFTER = 60
TRACE = re.compile(
    rb"Traceback|File &quot;|File \"/|\.py&quot;|django\.[a-z]+\.|DEBUG = True"
)
# It says 503 when it is asked whether all is well and it is not.
MAY_SAY_503 = "/health/"
SHOWN = 12
# No answer at all: the exception went through to the server.
ESCAPED = 599


class Answered(NamedTuple):
    status: int
    body: bytes
    seconds: float
    why: str


def shoot(number: int, seed: int, slowest_allowed: float = SLOWEST) -> dict[str, Any]:
    """Go round the routes until so many requests were sent; return what was found.

    slowest_allowed: seconds a request may take before it counts as a hang.
    """
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
        answered = _answer(client, path, asked)
        slowest = max(slowest, answered.seconds)
        statuses[str(answered.status)] += 1
        if answered.status == 503 and path.startswith(MAY_SAY_503):
            continue
        for fault in _faults(answered, slowest_allowed):
            found[fault] += 1
            asking = f"{who} {asked.method} {path[:120]}"
            examples.append(f"{fault} {answered.status} {answered.why} {asking}")
    return {
        "requests": number,
        "routes": len(every),
        "identities": len(cast.clients),
        "slowest": slowest,
        "found": found,
        "statuses": statuses,
        "examples": examples[:SHOWN],
    }


def _answer(client: Any, path: str, asked: Request) -> Answered:
    """Give it over as a server would. What gets through to the server is a fault."""
    began, worked = time.monotonic(), time.process_time()
    headers = asked.headers | {"wsgi.input": BytesIO(asked.body)}
    try:
        answer = client.generic(asked.method, path, asked.body, asked.kind, **headers)
        body = b"".join(answer) if answer.streaming else answer.content
        status, why = answer.status_code, _why(answer.exc_info)
    except Exception as error:
        status, body = ESCAPED, b""
        why = _why((type(error), error, error.__traceback__))
    waited, worked = time.monotonic() - began, time.process_time() - worked
    return Answered(status, body, max(worked, waited / PATIENCE), why)


def _why(exc_info: Any) -> str:
    """Name the error and the innermost place in the code; what it says may be huge."""
    if not exc_info:
        return ""
    frames = traceback.extract_tb(exc_info[2])
    last = frames[-1]
    return f"{exc_info[0].__name__} in {last.filename}:{last.lineno}"


def _faults(answered: Answered, slowest_allowed: float) -> list[str]:
    found = ["fault"] if answered.status >= 500 else []
    found += ["hang"] if answered.seconds > slowest_allowed else []
    return found + (["trace"] if TRACE.search(answered.body) else [])
