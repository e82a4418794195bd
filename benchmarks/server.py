"""How gunicorn serves what is measured: as `make run` does, with one worker."""

from __future__ import annotations

from clinic.demo_server import loglevel, preload_app, threads, worker_class

__all__ = ["loglevel", "preload_app", "threads", "worker_class", "workers"]

workers = 1
