"""Whoever kills a parent must bury its children: nobody else does it in a container."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

SET_PARENT_DEATH_SIGNAL = 1
SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent dies."""
    ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1)


def die_with_parent(how: int = signal.SIGKILL) -> None:
    """A trial that was stopped half way leaves no server behind."""
    ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, how)


def tidy_when_terminated() -> None:
    """Let SIGTERM end it as any error would: with everything cleared away."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Terminated."))


def children(of: int) -> list[int]:
    """Return the processes whose parent this is, whether they still run or not."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            if int(fields[1]) == of:
                found.append(int(path.parent.name))
    return found


def bury(pids: list[int], seconds: float = 10.0) -> None:
    """Wait until these have ended; those that take too long are killed."""
    until = time.monotonic() + seconds
    for pid in pids:
        while not _is_over(pid):
            if time.monotonic() > until:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.005)


def _is_over(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return not Path(f"/proc/{pid}").exists()
