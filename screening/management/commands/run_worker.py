"""Send what waits in the outbox and pass on what nobody takes, until told to stop."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandParser
from django.db import close_old_connections

from screening.management.output import ScriptableCommand
from screening.services import delivering, escalating

# Seconds: between two signs of life, and between two looks at an empty outbox.
BEAT = 15
LOOK = 2
STOP = frozenset({signal.SIGTERM, signal.SIGINT})

logger = logging.getLogger(__name__)


class Command(ScriptableCommand):
    help = "Send what waits. SIGTERM ends it after the message in hand."

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
    escalating.escalate_overdue()
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
    beaten, stopped = -float("inf"), None
    while stopped is None:
        close_old_connections()
        if time.monotonic() - beaten >= BEAT:
            beaten = time.monotonic()
            _try(delivering.beat)
            _try(escalating.escalate_overdue)
        busy = _try(delivering.deliver_next) is not None
        stopped = signal.sigtimedwait(STOP, 0 if busy else LOOK)


def _try(duty: Callable[[], object]) -> object:
    """Do one duty; whatever is wrong with it must not keep the worker from the rest."""
    try:
        return duty()
    except Exception:
        logger.exception("The worker could not %s.", duty.__name__.replace("_", " "))
        return None
