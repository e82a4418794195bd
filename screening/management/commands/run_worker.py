"""Send what waits in the outbox and pass on what nobody takes, until told to stop."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandParser
from django.db import close_old_connections, connection

from screening.management.output import ScriptableCommand
from screening.services.figures import resting
from screening.services.mail import delivering
from screening.services.protocol import background
from screening.services.safety import drilling, escalating
from screening.services.upkeep import heads, retaining

# Seconds between two looks at an empty outbox, and between two turns of each duty.
LOOK = 2
HOUR = 3600
# Seconds. A database that says nothing for so long is let go, and asked anew.
SILENCE = 60
DUTIES: dict[Callable[[], object], int] = {
    delivering.beat: 15,
    escalating.escalate_overdue: 60,
    drilling.drill_if_due: 60,
    background.replay_if_asked: 5,
    retaining.delete_old_drafts: HOUR,
    retaining.forget_old_sessions: HOUR,
    resting.count_resting: HOUR,
    heads.note_head: HOUR,
}
STOP = frozenset({signal.SIGTERM, signal.SIGINT})

logger = logging.getLogger(__name__)


class Command(ScriptableCommand):
    help = "Send what waits. SIGTERM ends it after the message in hand."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="Send what is due, then stop."
        )

    def handle(self, *, once: bool, **options: Any) -> None:
        connection.settings_dict["SILENCE"] = SILENCE
        if once:
            self.print(_empty_once())
        else:
            with _stop_signals_held():
                _work_until_stopped()


def _empty_once() -> dict[str, int]:
    for duty in DUTIES:
        _try(duty)
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
    due, stopped = dict.fromkeys(DUTIES, -float("inf")), None
    while stopped is None:
        close_old_connections()
        for duty in [duty for duty in due if due[duty] <= time.monotonic()]:
            due[duty] = time.monotonic() + DUTIES[duty]
            _try(duty)
        busy = _try(delivering.deliver_next) is not None
        stopped = signal.sigtimedwait(STOP, 0 if busy else LOOK)


def _try(duty: Callable[[], object]) -> object:
    """Do one duty; whatever is wrong with it must not keep the worker from the rest."""
    try:
        return duty()
    except Exception:
        logger.exception("The worker could not %s.", duty.__name__.replace("_", " "))
        return None
