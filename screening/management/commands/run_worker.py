"""Send what waits in the outbox, until told to stop."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandParser
from django.db import Error, close_old_connections

from screening.management.output import ScriptableCommand
from screening.services import delivering

# Seconds: between two signs of life, and between two looks at an empty outbox.
BEAT = 15
LOOK = 2
STOP = frozenset({signal.SIGTERM, signal.SIGINT})

logger = logging.getLogger(__name__)


class Command(ScriptableCommand):
    help = "Send the messages that wait. SIGTERM ends it after the message in hand."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="Send what is due, then stop."
        )

    def handle(self, *, once: bool, **options: Any) -> None:
        if once:
            self.print(_empty_once())
        else:
            with _stop_signals_held():
                _work_until_stopped()


def _empty_once() -> dict[str, int]:
    delivering.beat()
    tried = list(iter(delivering.deliver_next, None))
    sent = sum(message.sent_at is not None for message in tried)
    return {"sent": sent, "not_sent": len(tried) - sent}


@contextmanager
def _stop_signals_held() -> Iterator[None]:
    """Let a signal to stop wait until it is asked for: no message is cut in two."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOP)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work_until_stopped() -> None:
    beaten = -float("inf")
    stopped = None
    while stopped is None:
        busy = False
        close_old_connections()
        try:
            if time.monotonic() - beaten >= BEAT:
                delivering.beat()
                beaten = time.monotonic()
            busy = delivering.deliver_next() is not None
        except Error:
            # A database that restarts must not take the worker with it.
            logger.exception("The database does not answer.")
        stopped = signal.sigtimedwait(STOP, 0 if busy else LOOK)
