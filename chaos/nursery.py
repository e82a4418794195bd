"""Loads the product once, then forks a gunicorn of it for each life it is to live.

Starting Python anew for each of a thousand lives would take longer than they last.
It obeys one word a line: `start`, or `kill`, which ends the whole group at once.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import Any

from gunicorn.app.base import BaseApplication

from chaos import faults
from chaos.reaping import adopt_orphans, bury, children, die_with_parent
from clinic import server

OPTIONS = {
    "workers": server.workers,
    "threads": server.threads,
    "worker_class": server.worker_class,
    "loglevel": "critical",
    "proc_name": "chaos",
    "graceful_timeout": 5,
}


class Life(BaseApplication):
    """One gunicorn, of an application that is loaded already."""

    def __init__(self, application: Any, port: int) -> None:
        self.application, self.port = application, port
        super().__init__()

    def load_config(self) -> None:
        known = self.cfg.settings
        for name, value in OPTIONS.items():
            self.cfg.set(name, value)
        self.cfg.set("bind", f"127.0.0.1:{self.port}")
        if "control_socket_disable" in known:
            self.cfg.set("control_socket_disable", True)

    def load(self) -> Any:
        return self.application


def main(port: int) -> None:
    application, living = _load(), 0
    adopt_orphans()
    print("loaded", flush=True)
    for line in sys.stdin:
        if line.strip() == "start":
            living = _start(application, port)
        elif living:
            living = _kill(living)
        print("done", flush=True)
    if living:
        _kill(living)


def _load() -> Any:
    """Have what each worker would otherwise read anew, but no open connection."""
    from django.db import connections

    from clinic.wsgi import application

    _warm_up()
    connections.close_all()
    faults.apply(os.environ.get("CHAOS_FAULT", ""))
    return application


def _warm_up() -> None:
    # It reads models, which Django must be set up for.
    from chaos.warming import warm_up

    warm_up()


def _start(application: Any, port: int) -> int:
    """Fork into a group of its own: parent and child both, whoever is first."""
    pid = os.fork()
    if pid:
        with suppress(OSError):
            os.setpgid(pid, pid)
        return pid
    os.setpgid(0, 0)
    die_with_parent()
    sys.stdin.close()
    try:
        Life(application, port).run()
    finally:
        os._exit(0)


def _kill(pid: int) -> int:
    os.killpg(pid, signal.SIGKILL)
    bury([pid])
    bury(children(os.getpid()))
    return 0


if __name__ == "__main__":
    main(int(sys.argv[1]))
