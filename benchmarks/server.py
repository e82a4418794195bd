"""How gunicorn serves what is measured: as `make run` does, with one worker."""

from __future__ import annotations

from clinic.demo_server import loglevel, threads

__all__ = ["loglevel", "threads"]

workers = 1
