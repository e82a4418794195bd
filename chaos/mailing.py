"""For an hour the mail server takes nothing and workers are killed; all arrives."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from typing import Any

from django.db import connections

from chaos.cluster import Cluster
from chaos.killing import NOON
from screening.models import Outbox
from tests.smtp_sink import ACCEPT, FICKLE, Sink, smtp_sink

# So many that a worker hardly ever dies with nothing to do.
FOR_EACH_KILL = 4


def mailing(cluster: Cluster | None, kills: int) -> dict[str, Any]:
    """Kill workers that speak to a server which refuses, hangs, or drops the line."""
    numbers = {str(_notice(place).pk) for place in range(FOR_EACH_KILL * kills)}
    connections.close_all()
    with smtp_sink(FICKLE) as sink:
        _workers(sink, kills)
        early = len(sink.mails)
        sink.mood = ACCEPT
        _workers(sink, 0)
        ids = Counter(str(m["Message-ID"])[1:].partition("@")[0] for m in sink.mails)
    return {
        "kills": kills,
        "notices": len(numbers),
        "dropped": early,
        "never_arrived": len(numbers - set(ids)),
        "under_another_id": len(set(ids) - numbers),
        "still_waiting": Outbox.objects.exclude(sent_at__isnull=False).count(),
    }


def _notice(place: int) -> Outbox:
    made: Outbox = Outbox.objects.create(
        kind="alert.raised", key=f"killed:{place}", created_at=NOON, due_at=NOON
    )
    return made


def _workers(sink: Sink, kills: int) -> None:
    """Let workers live and die, in a process that shares nothing with the server."""
    environment = os.environ | {"CLINIC_EMAIL_URL": f"smtp://127.0.0.1:{sink.port}"}
    command = [sys.executable, "-m", "chaos.killing", str(kills)]
    subprocess.run(command, env=environment, check=True)
