"""How gunicorn serves what is measured: as `make run` does, with one worker."""

from __future__ import annotations

from clinic.demo_server import loglevel, preload_app, threads

__all__ = ["loglevel", "preload_app", "threads", "workers"]

workers = 1
