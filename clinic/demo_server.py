"""How gunicorn serves `make run`: one address, and the worker beside the server."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from typing import Any

from clinic.server import forwarder_headers, threads, worker_class, workers

__all__ = ["forwarder_headers", "threads", "worker_class", "workers"]

os.environ["CLINIC_MODE"] = "demo"
PORT = os.environ.get("PORT", "8000")
DIES_WITH_PARENT = 1

bind = f"127.0.0.1:{PORT}"
preload_app = True
loglevel = "warning"
proc_name = "lamplight-demo"

_started: list[subprocess.Popen[bytes]] = []


def when_ready(server: Any) -> None:
    """Start what sends mail and escalates alerts, then say where to look."""
    command = [sys.executable, "manage.py", "run_worker"]
    _started.append(subprocess.Popen(command, preexec_fn=_die_with_server))
    print(_welcome(), flush=True)


def on_exit(server: Any) -> None:
    """Leave no worker behind."""
    for worker in _started:
        worker.terminate()
        worker.wait(timeout=10)


def _die_with_server() -> None:
    # A server that was killed cannot stop its worker; the kernel can.
    ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGTERM)


def _welcome() -> str:
    # Django is not set up before the server is.
    from screening.services.demo.demonstrating import logins

    lines = [
        "",
        f"Patients start at    http://localhost:{PORT}/",
        f"Staff sign in at     http://localhost:{PORT}/staff/",
        *(f"  {who['email']:20} {who['password']}  {who['role']}" for who in logins()),
        "Mail is put into     var/mail/",
        "Stop with Ctrl-C. Everything here is invented; nothing leaves this machine.",
    ]
    return "\n".join(lines)
