"""No database, or no room on its disk: say so, name the help, write nothing half."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections

from chaos import verdict, walker
from chaos.browser import Browser
from chaos.cluster import Cluster
from chaos.crashing import SEED, WALKERS
from chaos.ledger import Ledger
from chaos.server import Server, running

ENOUGH_REFUSED = 100
ROOM_PAGES = 200
ROOM = 6 * 1024 * 1024
PAUSE = 120.0
# More than the server has threads: each of them waits for the database.
CROWD = 2 * WALKERS
# A statement under way when it falls silent waits this long, and then some.
LONGEST_SILENCE = 7
STATIC = "/static/screening/help.css"

Probes = list[tuple[int, float]]


def outage(cluster: Cluster | None, seconds: int) -> dict[str, Any]:
    """Take the database away: PostgreSQL is stopped, SQLite is locked by another."""
    return _without(_stopped(cluster) if cluster else _locked(), seconds)


def silence(cluster: Cluster | None, seconds: int) -> dict[str, Any]:
    """Let PostgreSQL take every connection and question, and answer none of them."""
    assert cluster
    return _without(_frozen(cluster), seconds + LONGEST_SILENCE)


def _without(away: AbstractContextManager[None], seconds: float) -> dict[str, Any]:
    ledger, probes = Ledger(), Probes()
    with running() as server:
        walkers = walker.walking(server.port, ledger, CROWD, SEED)
        _until(lambda: ledger.answered > CROWD)
        with away:
            probes += _probed(server, seconds)
        before = ledger.answered
        _until(lambda: ledger.answered > before + CROWD)
        walker.rest(walkers)
    return _result(ledger, probes)


def full_disk(cluster: Cluster | None, refusals: int) -> dict[str, Any]:
    """Fill the disk while patients write; make room, and let them try again."""
    ledger, probes = Ledger(), Probes()
    small = _small_disk(cluster) if cluster else _small_file()
    with small as (environment, make_room):
        with running(**environment) as server:
            port = server.port
            walkers = walker.walking(port, ledger, WALKERS, SEED)
            _until(lambda: ledger.refused >= refusals)
            probes += _probed(server, 2)
        # A new connection wants to write as well: room first, then the verdict.
        make_room()
        half = verdict.weigh(ledger)
        with running(port):
            before = ledger.answered
            _until(lambda: ledger.answered > before + 5 * WALKERS)
            walker.rest(walkers)
        found = _result(ledger, probes)
        connections.close_all()
    return found | {"missing": found["missing"] + half["missing"] + half["lost"]}


def _result(ledger: Ledger, probes: Probes) -> dict[str, Any]:
    bad = [status for status, seconds in probes if status != 200 or seconds > 2]
    return verdict.weigh(ledger) | {
        "refused": ledger.refused,
        "helpless": ledger.helpless,
        "help_away": len(bad),
        "help_asked": len(probes),
        "slowest_503": round(ledger.slowest, 2),
        "slowest_help": round(max(seconds for _, seconds in probes), 2),
    }


def _probed(server: Server, seconds: float) -> Probes:
    """Meanwhile the help page must be there, and how it looks."""
    until, probes = time.monotonic() + seconds, Probes()
    while time.monotonic() < until:
        for path in ("/help/", STATIC):
            answer = Browser(server.port).get(path)
            probes.append((answer.status, answer.seconds))
        time.sleep(0.25)
    return probes


def _until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PAUSE
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)


@contextmanager
def _stopped(cluster: Cluster) -> Iterator[None]:
    cluster.stop()
    try:
        yield
    finally:
        cluster.start()


@contextmanager
def _frozen(cluster: Cluster) -> Iterator[None]:
    cluster.freeze()
    try:
        yield
    finally:
        cluster.thaw()


@contextmanager
def _locked() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


@contextmanager
def _small_file() -> Iterator[tuple[dict[str, str], Callable[[], None]]]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
    yield {"CHAOS_MOST_PAGES": str(pages + ROOM_PAGES)}, lambda: None


@contextmanager
def _small_disk(
    cluster: Cluster,
) -> Iterator[tuple[dict[str, str], Callable[[], None]]]:
    """A disk in memory, just larger than the tables on it: only root may make one."""
    place = Path(tempfile.mkdtemp(prefix="chaos-disk-", dir=os.environ["CHAOS_FOLDER"]))
    connections.close_all()
    size = cluster.execute("SELECT pg_database_size('clinic')")[0][0]
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size + ROOM}", "tmpfs", str(place)]
    subprocess.run(mount, check=True)
    try:
        cluster.move_tables(place)
        more = ["mount", "-o", f"remount,size={10 * size}", str(place)]
        yield {}, lambda: subprocess.run(more, check=True)
    finally:
        connections.close_all()
        cluster.execute("ALTER DATABASE clinic SET TABLESPACE pg_default")
        cluster.execute("DROP TABLESPACE small")
        subprocess.run(["umount", str(place)], check=True)
