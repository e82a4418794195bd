"""A server's worker in which help never queues behind pages that wait."""

from __future__ import annotations

import re
import socket
import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

# How a request begins that asks nothing of the database.
QUICK = (b"GET /help/", b"HEAD /help/", b"GET /static/", b"GET /health/live")
QUICK_THREADS = 2
# Seconds within which a request must be there; meanwhile it holds no thread.
SLOWNESS = 10.0
# Bytes of a request that are waited for so. What is longer takes a thread when these
# are there, but never one of those for help.
PEEKED = 32 * 1024
# Lines kept free for whoever comes, at the cost of those that have waited longest.
FREE = 100
END_OF_HEAD = b"\r\n\r\n"
BODY = re.compile(rb"\r\n(?:content-length:[ \t]*(\d{1,9})|transfer-encoding:)", re.I)
ASKS_FIRST = re.compile(rb"\r\nexpect:", re.I)


class Lanes(ThreadWorker):  # type: ignore[misc]
    """With the database locked, every thread may wait for it, but those for help.

    With every line taken by somebody who sends a byte at a time, none of them does.
    """

    def init_process(self) -> None:
        self.quick = ThreadPoolExecutor(QUICK_THREADS)
        super().init_process()

    def accept(self, listener: Any) -> None:
        super().accept(listener)
        if self.nr_conns > self.worker_connections - FREE and self.pending_conns:
            oldest = self.pending_conns.popleft()
            self.poller.unregister(oldest.sock)
            self._hang_up(oldest)

    def enqueue_req(self, conn: Any) -> None:
        """Look at the request before a thread is given away."""
        if conn.parser and conn.parser.unreader.buf.getvalue():
            return self._give_a_thread(conn, self.tpool)
        begun = _begun(conn.sock)
        wanted = _length(begun)
        if len(begun) >= wanted:
            is_quick = begun.startswith(QUICK) and _asks_only(begun)
            return self._give_a_thread(conn, self.quick if is_quick else self.tpool)
        # Woken for less than was waited for: the other end has said its last.
        has_ended = len(begun) < getattr(conn, "awaited", 0)
        until = getattr(conn, "slow_until", time.monotonic() + SLOWNESS)
        if has_ended or until < time.monotonic():
            return self._hang_up(conn)
        self._wait_for(conn, wanted, until)

    def _wait_for(self, conn: Any, wanted: int, until: float) -> None:
        """Leave the bytes with the kernel, which wakes this worker for the last."""
        conn.awaited, conn.slow_until, conn.timeout = wanted, until, until
        conn.sock.setblocking(False)
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, wanted)
        self.pending_conns.append(conn)
        readable = partial(self.on_pending_socket_readable, conn)
        self.poller.register(conn.sock, EVENT_READ, readable)

    def _give_a_thread(self, conn: Any, pool: ThreadPoolExecutor) -> None:
        if vars(conn).pop("awaited", 0):
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)
            del conn.slow_until
        done: Future[Any] = pool.submit(self.handle, conn)
        done.add_done_callback(partial(self._finish_later, conn))

    def _hang_up(self, conn: Any) -> None:
        self.nr_conns -= 1
        conn.close()

    def _finish_later(self, conn: Any, done: Future[Any]) -> None:
        self.method_queue.defer(self.finish_request, conn, done)


def _begun(sock: socket.socket) -> bytes:
    """Return what is there of a request; END_OF_HEAD when nothing more will come."""
    try:
        return sock.recv(PEEKED, socket.MSG_PEEK | socket.MSG_DONTWAIT) or END_OF_HEAD
    except BlockingIOError:
        return b""
    except OSError:
        return END_OF_HEAD


def _length(begun: bytes) -> int:
    """Return how many bytes of a request must be there before it gets a thread."""
    head, end, _ = begun.partition(END_OF_HEAD)
    if not end:
        return min(len(begun) + 1, PEEKED)
    body = BODY.search(head)
    is_sent_at_once = body and body[1] and not ASKS_FIRST.search(head)
    more = int(body[1]) if body and is_sent_at_once else 0
    return min(len(head) + len(end) + more, PEEKED)


def _asks_only(begun: bytes) -> bool:
    """Whoever announces a body may leave its reader waiting for the rest of it."""
    head, end, _ = begun.partition(END_OF_HEAD)
    return bool(end) and not BODY.search(head)
