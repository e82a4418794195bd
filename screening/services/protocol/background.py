"""A replay runs beside the worker, so that no alert ever waits for it."""

from __future__ import annotations

import signal
import subprocess
import sys

from django.conf import settings

from screening.services.protocol import replaying

COMMAND = [sys.executable, "-m", "django", "replay_protocol", "--waiting"]

_running: list[subprocess.Popen[bytes]] = []


def replay_if_asked() -> None:
    """Start a process for a replay that waits, unless this worker's still runs."""
    _running[:] = [process for process in _running if process.poll() is None]
    if not _running and replaying.waiting():
        _running.append(
            subprocess.Popen(
                COMMAND,
                cwd=settings.BASE_DIR,
                stdout=subprocess.DEVNULL,
                preexec_fn=_hear_signals,
            )
        )


def _hear_signals() -> None:
    """The worker holds its signals back, and a child would inherit that."""
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
