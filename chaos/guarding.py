"""The database's own guards: lifted where a fault is to show, or one more put up."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from screening.models import AuditEvent
from screening.models.guards import _found
from screening.models.triggers import DIALECTS, INSERT, Guard


def lift_if_faulty() -> None:
    """The guards would refuse what a missing key lets through: see it without them."""
    if os.environ.get("CHAOS_FAULT"):
        dialect = DIALECTS[connection.vendor]
        with connection.cursor() as cursor:
            for name, table, _ in _found(connection):
                cursor.execute(dialect.drop(name, table))


@contextmanager
def no_audit() -> Iterator[None]:
    """Let the database refuse every new event of the audit trail."""
    dialect, table = DIALECTS[connection.vendor], AuditEvent._meta.db_table
    guard = Guard(table, INSERT, "refused", "Nothing is recorded today.")
    with connection.cursor() as cursor:
        for statement in dialect.create(guard):
            cursor.execute(statement)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(dialect.drop(guard.name, table))
