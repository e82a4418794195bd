"""What only a real server sees: bytes that are hardly HTTP, sent to gunicorn."""

from __future__ import annotations

import socket
from typing import Any

from chaos.cluster import Cluster
from chaos.server import running

PATIENCE = 5.0
ALIVE = b"GET /help/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
LENGTHS = ("abc", "-1", "+5", "1_0", "5, 5", "0x5", "", "9" * 30, "\xb2")
LINES = (
    b"",
    b"\r\n\r\n",
    b"\x00" * 200,
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET //evil.invalid/%2f.. HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET http://evil.invalid/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n folded: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nA: " + b"b" * 20_000 + b"\r\n\r\n",
    b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"A: b\r\n" * 500 + b"\r\n",
    b"POST /begin/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nz",
    b"POST /begin/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
    b"Content-Length: 4\r\n\r\n0\r\n\r\n",
    b"POST /begin/ HTTP/1.1\r\nHost: localhost\r\nExpect: no-such\r\n\r\n",
    *(
        b"POST /begin/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
        + length.encode("latin-1")
        + b"\r\n\r\na=1"
        for length in LENGTHS
    ),
)


def status(port: int, line: bytes) -> int:
    """Return the status that the bytes are answered with; 0 when the line is shut."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as wire:
        wire.sendall(line)
        wire.shutdown(socket.SHUT_WR)
        try:
            answer = wire.recv(4096)
        except ConnectionResetError:
            return 0
    return int(answer.split()[1]) if answer.startswith(b"HTTP/") else 0


def sent(cluster: Cluster | None, rounds: int) -> dict[str, Any]:
    """Send each line to a server so many times; it must refuse, and live on."""
    with running() as server:
        statuses = [status(server.port, line) for line in LINES * rounds]
        alive = status(server.port, ALIVE)
    return {"lines": len(statuses), "faults": statuses.count(500), "alive": alive}
