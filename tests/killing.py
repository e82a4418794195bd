"""Workers that are killed again and again: `python -m tests.killing KILLS`.

Django is made ready once; each worker is a fork of this process and dies by SIGKILL at
a moment that nobody chose.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from datetime import timedelta

import django

LONGEST_LIFE = 0.15  # seconds


def main(kills: int) -> None:
    django.setup()
    from django.db import connections
    from django.utils import timezone

    from screening.models import Outbox
    from screening.services import delivering

    def work() -> None:
        while delivering.deliver_next() is not None:
            pass

    delivering.deliver_next()  # what is loaded late is loaded before the forks
    for _ in range(kills):
        connections.close_all()
        child = os.fork()
        if child == 0:
            work()
            os._exit(0)
        time.sleep(random.uniform(0, LONGEST_LIFE))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        # What it held is free again once its lease is over.
        past = timezone.now() - timedelta(hours=1)
        Outbox.objects.waiting().update(due_at=past, attempts=1)
    work()


if __name__ == "__main__":
    main(int(sys.argv[1]))
