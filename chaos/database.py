"""A database for each trial, copied from one that was prepared once."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chaos.cluster import Cluster, copied

SQLITE, POSTGRESQL = "sqlite", "postgresql"
PROTOCOL = "screening/protocols/ketamine"


@contextmanager
def folder(beside: Path | None = None) -> Iterator[Path]:
    """A folder that the database's own account may enter, gone at the end."""
    made = Path(tempfile.mkdtemp(prefix="chaos-", dir=beside))
    made.chmod(0o755)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def prepare(kind: str, into: Path) -> None:
    """Make a clinic's database in a process of its own, and leave it stopped."""
    if kind == SQLITE:
        return _fill(f"sqlite:///{into / 'clinic.sqlite3'}")
    cluster = Cluster(into)
    cluster.create()
    try:
        _fill(cluster.url)
    finally:
        cluster.stop()


def _fill(url: str) -> None:
    environment = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "chaos.settings",
    }
    command = [sys.executable, "-m", "chaos.database"]
    subprocess.run(command, env=environment, check=True)


@contextmanager
def opened(kind: str, prepared: Path, own: Path) -> Iterator[Cluster | None]:
    """Copy what was prepared into the trial's own folder, and name it to Django."""
    if kind == SQLITE:
        shutil.copy(prepared / "clinic.sqlite3", own / "clinic.sqlite3")
        os.environ["DATABASE_URL"] = f"sqlite:///{own / 'clinic.sqlite3'}"
        yield None
        return
    cluster = copied(prepared, own)
    os.environ["DATABASE_URL"] = cluster.url
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()


def main() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("protect", verbosity=0)
    call_command("publish_protocol", PROTOCOL, stdout=io.StringIO())
    _close()


def _close() -> None:
    """Leave everything in the one file: it is copied, and its log is not."""
    from django.db import connection

    if connection.vendor == SQLITE:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


if __name__ == "__main__":
    main()
