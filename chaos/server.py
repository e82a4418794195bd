"""A server that is killed and started again within a fraction of a second."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from chaos.browser import Browser, until_answered


class Server:
    """A handle on the nursery, which alone is the parent of what is killed."""

    def __init__(self, port: int = 0, **environment: str) -> None:
        self.port = port or _free_port()
        command = [sys.executable, "-m", "chaos.nursery", str(self.port)]
        self._nursery = subprocess.Popen(
            command,
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._hear("loaded")

    def start(self) -> None:
        self._tell("start")

    def kill(self) -> None:
        """Send SIGKILL to all of the group, and return when none of it is left."""
        self._tell("kill")

    def end(self) -> None:
        assert self._nursery.stdin and self._nursery.stdout
        self._nursery.stdin.close()
        self._nursery.wait(timeout=30)
        self._nursery.stdout.close()

    def _tell(self, word: str) -> None:
        assert self._nursery.stdin
        self._nursery.stdin.write(f"{word}\n")
        self._nursery.stdin.flush()
        self._hear("done")

    def _hear(self, word: str) -> None:
        assert self._nursery.stdout
        heard = self._nursery.stdout.readline().strip()
        if heard != word:
            raise RuntimeError(f"The server said {heard!r}, not {word!r}.")


@contextmanager
def running(port: int = 0, **environment: str) -> Iterator[Server]:
    server = Server(port, **environment)
    try:
        server.start()
        until_answered(partial(Browser(server.port).get, "/help/"))
        yield server
    finally:
        server.end()


def _free_port() -> int:
    """Below the range of outgoing connections, so that no client takes it meanwhile."""
    for port in range(20000 + os.getpid() % 5000, 32000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise RuntimeError("No port is free.")
