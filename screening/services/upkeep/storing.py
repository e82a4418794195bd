"""Let the database file forget what was deleted, where the database is a file."""

from __future__ import annotations

from django.db import connection


def checkpoint() -> None:
    """Empty SQLite's write-ahead log, which keeps old pages until it is reused.

    A reader that is busy puts it off to the next time.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
