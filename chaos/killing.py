"""Workers that are killed again and again: `python -m chaos.killing KILLS`.

Django is made ready once; each worker is a fork of this process and dies by SIGKILL at
a moment that nobody chose. Its clock stands still while it lives: the kills share one
hour among them. With no kills at all, the hours after that hour pass.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from datetime import UTC, datetime, timedelta

import django

# A Monday, noon in Chicago: whoever is told is on the rota.
NOON = datetime(2026, 11, 23, 18, tzinfo=UTC)
LONGEST_LIFE = 0.15  # seconds
PATIENCE = 0.05  # seconds that a worker gives a server that hangs
HOUR = timedelta(hours=1)
HOURS_AFTER = 12


def main(kills: int) -> None:
    django.setup()
    from django.conf import settings

    if kills:
        settings.EMAIL_TIMEOUT = PATIENCE
    else:
        for hours in range(1, HOURS_AFTER + 1):
            work(NOON + hours * HOUR)
    for number in range(kills):
        at = NOON + number * HOUR / kills
        if not number:
            work_once(at)  # what is loaded late is loaded before the forks
        kill(at)


def kill(at: datetime) -> None:
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        work(at)
        os._exit(0)
    time.sleep(random.uniform(0, LONGEST_LIFE))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def work(at: datetime) -> None:
    while work_once(at):
        pass


def work_once(at: datetime) -> bool:
    from screening.services.mail import delivering

    return delivering.deliver_next(at=at) is not None


if __name__ == "__main__":
    main(int(sys.argv[1]))
