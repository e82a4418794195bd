"""A server on loopback, and a client that costs next to nothing itself."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

HOST = "127.0.0.1"
# A token that cookie and form agree on is all that the check asks for.
TOKEN = "t" * 32
SECONDS_TO_START = 60


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes


class Client:
    """One connection that is kept; a request is bytes that were made beforehand."""

    def __init__(self, port: int) -> None:
        self.address = (HOST, port)
        self.socket = self.connected()

    def connected(self) -> socket.socket:
        found = socket.create_connection(self.address)
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return found

    def send(self, request: bytes) -> Answer:
        # The server closes what lies idle; then there is something to read: the end.
        if select.select([self.socket], [], [], 0)[0]:
            self.socket = self.connected()
        self.socket.sendall(request)
        head, _, body = self.received(b"\r\n\r\n").partition(b"\r\n\r\n")
        names = head.lower()
        length = int(names.split(b"content-length:")[1].split(b"\r\n")[0])
        while len(body) < length:
            body += self.socket.recv(65536)
        if b"connection: close" in names:
            self.socket = self.connected()
        return Answer(int(head.split(b" ", 2)[1]), body)

    def received(self, end: bytes) -> bytes:
        found = b""
        while end not in found:
            piece = self.socket.recv(65536)
            if not piece:
                raise ConnectionError("The server closed the connection.")
            found += piece
        return found


def asking(client: Client, request: bytes, status: int) -> Callable[[], None]:
    """Return the work of sending a request that must be answered with this status."""

    def ask() -> None:
        answer = client.send(request)
        assert answer.status == status, answer

    return ask


def request(
    path: str, cookies: Mapping[str, str], fields: Mapping[str, object] | None = None
) -> bytes:
    """Return a GET, or the POST of these fields."""
    held = "; ".join(f"{name}={value}" for name, value in cookies.items())
    head = [f"Host: {HOST}", f"Cookie: {held}"]
    body = ""
    if fields is not None:
        body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN}, doseq=True)
        head.append("Content-Type: application/x-www-form-urlencoded")
        head.append(f"Content-Length: {len(body)}")
    verb = "GET" if fields is None else "POST"
    lines = [f"{verb} {path} HTTP/1.1", *head, "", body]
    return "\r\n".join(lines).encode()


@contextmanager
def served(application: str, settings: str, *, workers: int = 1) -> Iterator[Client]:
    """Serve as `make run` does until the block ends."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", application]
    command += ["--config", "python:benchmarks.server", "--bind", f"{HOST}:{port}"]
    command += ["--workers", str(workers)]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings}
    server = subprocess.Popen(command, env=environment)
    try:
        _wait_for(port)
        yield Client(port)
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    for _ in range(SECONDS_TO_START * 20):
        try:
            socket.create_connection((HOST, port)).close()
            return
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise TimeoutError("The server did not start.")
