"""Many who send a byte at a time: help and the pages are there for everybody else."""

from __future__ import annotations

import socket
import time
from itertools import cycle, islice
from typing import Any

from chaos.browser import Browser, Cut
from chaos.cluster import Cluster
from chaos.server import running

# In half a minute more than two workers take at all; in a short trial, than they have
# threads.
LINES_A_SECOND = 75
# Each line says something every tenth turn: a machine has more to do than send.
TURNS = 10
PAUSE = 0.05
BEGUN = (
    b"",
    b"G",
    b"GET /help/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    b"GET /static/screening/help.css HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    b"GET /help/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 30000\r\n\r\n",
    b"POST /begin/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 30000\r\n\r\n",
)
ASKED = ("/help/", "/static/screening/help.css", "/", "/begin/")


def slow_lines(cluster: Cluster | None, seconds: int) -> dict[str, Any]:
    """Hold the lines of a server for so long; say what others got meanwhile."""
    found: dict[str, Any] = {"asked": 0, "help_away": 0, "pages_away": 0, "slowest": 0}
    with running() as server:
        many = islice(cycle(BEGUN), LINES_A_SECOND * seconds)
        lines = [_line(server.port, begun) for begun in many]
        until, paths = time.monotonic() + seconds, cycle(ASKED)
        for turn in cycle(range(TURNS)):
            _ask(server.port, next(paths), found)
            for place in range(turn, len(lines), TURNS):
                lines[place] = _drip(lines[place], server.port)
            if time.monotonic() > until:
                break
            time.sleep(PAUSE)
        for line in lines:
            line.close()
    return found


def _ask(port: int, path: str, found: dict[str, Any]) -> None:
    kind = "help_away" if path in ASKED[:2] else "pages_away"
    found["asked"] += 1
    try:
        answer = Browser(port).get(path)
    except Cut:
        found[kind] += 1
        return
    found[kind] += answer.status != 200
    found["slowest"] = max(found["slowest"], round(answer.seconds, 2))


def _line(port: int, begun: bytes) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=5)
    line.setblocking(False)
    line.sendall(begun)
    return line


def _drip(line: socket.socket, port: int) -> socket.socket:
    """Send one byte more; whoever was hung up on calls again."""
    try:
        line.send(b"x")
    except OSError:
        line.close()
        return _line(port, BEGUN[2])
    return line
