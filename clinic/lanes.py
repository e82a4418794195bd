"""A server's worker in which help never queues behind pages that wait."""

from __future__ import annotations

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
# Seconds for a new line to say something; meanwhile it holds no thread.
SILENCE = 10
PEEKED = max(map(len, QUICK))


class Lanes(ThreadWorker):  # type: ignore[misc]
    """With the database locked, every thread may wait for it, but those for help."""

    def init_process(self) -> None:
        self.quick = ThreadPoolExecutor(QUICK_THREADS)
        super().init_process()

    def enqueue_req(self, conn: Any) -> None:
        """Look at the first bytes before a thread is given away."""
        try:
            begun = conn.sock.recv(PEEKED, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return self._wait_for_words(conn)
        except OSError:
            begun = b""
        pool = self.quick if begun.startswith(QUICK) else self.tpool
        done: Future[Any] = pool.submit(self.handle, conn)
        done.add_done_callback(partial(self._finish_later, conn))

    def _wait_for_words(self, conn: Any) -> None:
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + SILENCE
        self.pending_conns.append(conn)
        readable = partial(self.on_pending_socket_readable, conn)
        self.poller.register(conn.sock, EVENT_READ, readable)

    def _finish_later(self, conn: Any, done: Future[Any]) -> None:
        self.method_queue.defer(self.finish_request, conn, done)
