"""Kill the application, or the database under it, while patients fill in and send."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from typing import Any

from chaos import verdict, walker
from chaos.cluster import Cluster
from chaos.ledger import Ledger
from chaos.server import Server, running
from tests.smtp_sink import HANG, smtp_sink

SEED = 20261123
WALKERS = 8
# From the first answer of a life to its end: any moment of a few requests' length.
LONGEST = 0.4
# A life that answers nobody ends as well.
PATIENCE = 3.0
ENOUGH_LOOKS = 8


def application(cluster: Cluster | None, rounds: int) -> dict[str, Any]:
    """Send SIGKILL to every process of the server at once, again and again."""

    def strike(server: Server) -> None:
        server.kill()
        server.start()

    return _crash(rounds, strike)


def postmaster(cluster: Cluster | None, rounds: int) -> dict[str, Any]:
    """Send SIGKILL to PostgreSQL's first process; the application lives on."""
    assert cluster

    def strike(server: Server) -> None:
        cluster.kill()
        cluster.start()

    return _crash(rounds, strike)


def until_found(cluster: Cluster | None, rounds: int) -> dict[str, Any]:
    """Look at the database now and then, and stop at the first thing that is wrong."""
    found: dict[str, Any] = {}
    for _ in range(ENOUGH_LOOKS):
        found = application(cluster, max(1, rounds // ENOUGH_LOOKS))
        if any(found[kind] for kind in ("lost", "duplicated", "missing", "mails")):
            break
    return found


def _crash(rounds: int, strike: Callable[[Server], None]) -> dict[str, Any]:
    chance, ledger = random.Random(SEED + os.getpid()), Ledger()
    began = time.monotonic()
    with smtp_sink(HANG) as sink:
        mail = f"smtp://127.0.0.1:{sink.port}"
        with running(CLINIC_EMAIL_URL=mail) as server:
            walkers = walker.walking(server.port, ledger, WALKERS, SEED)
            for _ in range(rounds):
                _live(ledger, chance)
                strike(server)
            walker.rest(walkers)
        mails = int(sink.called.is_set())
    found = verdict.weigh(ledger) | {"kills": rounds, "mails": mails}
    return found | {"seconds": round(time.monotonic() - began, 1)}


def _live(ledger: Ledger, chance: random.Random) -> None:
    """Wait for an answer, so that the end falls on somebody, then for a moment more."""
    before, until = ledger.answered, time.monotonic() + PATIENCE
    while ledger.answered == before and time.monotonic() < until:
        time.sleep(0.005)
    time.sleep(chance.uniform(0, LONGEST))
