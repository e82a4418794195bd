"""A backup holds everything but the keys; a restore is checked before it is used."""

from __future__ import annotations

import hashlib
import os
import random
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from psycopg.pq import Conninfo

from screening import vault
from screening.models import Response, guards
from screening.services import auditing
from screening.services.upkeep import erasing

SAMPLE = 200


@dataclass(frozen=True)
class Findings:
    """What a look at a restored database found."""

    responses: int
    erased_again: list[str]
    unreadable: list[str]
    read: int
    guards_missing: list[str]
    chain: list[str]

    @property
    def is_sound(self) -> bool:
        return not (self.unreadable or self.guards_missing or self.chain)


def back_up(path: Path) -> str:
    """Write the database to a new file, while the clinic goes on; return its SHA-256.

    Raises FileExistsError, subprocess.CalledProcessError.
    """
    # Made here and at once, so that nobody else reads it or slips another in.
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode=0o600))
    with transaction.atomic():
        auditing.record("backup.made", actor_label="operator")
    if connection.vendor == "sqlite":
        _copy_sqlite(path)
    else:
        _dump_postgresql(path)
    return _fingerprint(path)


def check_restored(*, sample: int = SAMPLE, known_head: str = "") -> Findings:
    """Erase again what was erased, then read a sample and follow the chain."""
    again = erasing.replay()
    keys = list(Response.objects.exclude(wrapped_key=b"").values_list("pk", flat=True))
    chosen = random.sample(keys, min(sample, len(keys)))
    return Findings(
        responses=Response.objects.count(),
        erased_again=[str(pk) for pk in again],
        unreadable=[str(pk) for pk in chosen if not _is_readable(pk)],
        read=len(chosen),
        guards_missing=guards.missing(connection),
        chain=auditing.verify(known_head),
    )


def _is_readable(pk: Any) -> bool:
    response = Response.objects.get(pk=pk)
    try:
        opened = (response.document, response.summary)
    except vault.Unreadable:
        return False
    return bool(opened)


def _copy_sqlite(path: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        # One file, without a log beside it.
        copy.execute("PRAGMA journal_mode = DELETE")


def _dump_postgresql(path: Path) -> None:
    command = ["pg_dump", "--format=custom", "--no-owner", f"--file={path}"]
    subprocess.run(command, check=True, env=os.environ | _told())


def _told() -> dict[str, str]:
    """Tell PostgreSQL's programs all that Django knows of the way: its password, and
    whose certificate to ask for. None of it is an argument, which anybody could read.
    """
    known = connection.get_connection_params()
    names = {o.keyword.decode(): o.envvar for o in Conninfo.get_defaults()}
    return {
        variable.decode(): str(known[name])
        for name, variable in names.items()
        if variable and known.get(name)
    }


def _fingerprint(path: Path) -> str:
    with path.open("rb") as held:
        return hashlib.file_digest(held, "sha256").hexdigest()
