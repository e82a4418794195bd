"""What may never change, kept by the database itself: triggers, declared once here.

`manage.py protect` installs them after every `migrate`, because SQLite drops a table's
triggers without a word when it rebuilds the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from screening.models.audit import AuditEvent
from screening.models.desk import PatientMessage
from screening.models.disagreements import Disagreement
from screening.models.documents import ROWS
from screening.models.evaluation import Evaluation
from screening.models.invitations import Link, PatientInvitation, StaffInvitation
from screening.models.links import CaseLink
from screening.models.protocol import Protocol
from screening.models.response import Response
from screening.models.review import Review
from screening.models.rows import ProtocolRow
from screening.models.safety import AlertEvent, SafetyAlert
from screening.models.triggers import (
    DELETE,
    DIALECTS,
    INSERT,
    TRUNCATE,
    UPDATE,
    Guard,
)

APPEND_ONLY = (
    *(AuditEvent, Review, AlertEvent, Evaluation, PatientMessage, Disagreement),
)
# Of a sent response everything else stays: its ciphertext above all.
CHANGES_AFTER_SENDING = (
    *("status", "priority", "highest_tier", "due_at", "saved_at", "stopped_at"),
    *("reviewed_at", "version", "assignee", "resume_index", "identity_index"),
    *("key_id", "wrapped_key", "is_spam"),
)
NEVER_CHANGES = ("id", "protocol", "started_at", "is_synthetic")


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table


def _changes(model: type[models.Model], *names: str) -> str:
    fields = [f for f in model._meta.concrete_fields if f.name in names]
    return " OR ".join(f"OLD.{f.column} {{differs}} NEW.{f.column}" for f in fields)


def _changes_beyond(model: type[models.Model], *names: str) -> str:
    fields = [field.name for field in model._meta.concrete_fields]
    return _changes(model, *(name for name in fields if name not in names))


def _published(row: str) -> str:
    protocol = f"SELECT status FROM {_table(Protocol)} WHERE id = {row}.protocol_id"
    return f"({protocol}) <> 'draft'"


def _guards_of_row(model: type[ProtocolRow]) -> Iterator[Guard]:
    sentence = "A published protocol never changes."
    conditions = {
        INSERT: _published("NEW"),
        UPDATE: f"{_published('OLD')} OR {_published('NEW')}",
        DELETE: _published("OLD"),
    }
    for event, when in conditions.items():
        yield Guard(_table(model), event, "published", sentence, when)


def _guards_of_protocol() -> Iterator[Guard]:
    table, sentence = _table(Protocol), "A published protocol never changes."
    changed = f"NEW.status = 'draft' OR {_changes_beyond(Protocol, 'status')}"
    when = f"OLD.status <> 'draft' AND ({changed})"
    yield Guard(table, UPDATE, "published", sentence, when)
    yield Guard(table, DELETE, "published", sentence, "OLD.status <> 'draft'")


def _guards_of_response() -> Iterator[Guard]:
    table = _table(Response)
    altered = _changes_beyond(Response, *CHANGES_AFTER_SENDING)
    sent = f"OLD.submitted_at IS NOT NULL AND ({altered})"
    yield Guard(table, UPDATE, "sent", "What a patient sent never changes.", sent)
    origin = _changes(Response, *NEVER_CHANGES)
    yield Guard(table, UPDATE, "origin", "A response stays what it began as.", origin)
    forgotten = "OLD.highest_tier <> '' AND NEW.highest_tier = ''"
    yield Guard(table, UPDATE, "alerted", "An alert is never forgotten.", forgotten)
    record = "OLD.submitted_at IS NOT NULL OR OLD.highest_tier <> ''"
    yield Guard(table, DELETE, "record", "A sent or alarming response stays.", record)


def _guards_of_alert() -> Iterator[Guard]:
    table, sentence = _table(SafetyAlert), "Of an alert only owner and closing change."
    altered = _changes_beyond(SafetyAlert, "owner", "closed_at")
    when = f"OLD.closed_at IS NOT NULL OR {altered}"
    yield Guard(table, UPDATE, "raised", sentence, when)
    yield Guard(table, DELETE, "raised", "An alert is never deleted.")


def _append_only(model: type[models.Model]) -> Iterator[Guard]:
    sentence = f"Of {model._meta.verbose_name_plural} none is changed or deleted."
    yield Guard(_table(model), UPDATE, "kept", sentence)
    yield Guard(_table(model), DELETE, "kept", sentence)


def _guards_of_link(model: type[Link]) -> Iterator[Guard]:
    sentence = "A link is used or withdrawn once, and changes in nothing else."
    altered = _changes_beyond(model, "used_at", "withdrawn_at", "wrong_dates")
    over = "OLD.used_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL"
    yield Guard(_table(model), UPDATE, "once", sentence, f"{over} OR {altered}")


def _declared() -> Iterator[Guard]:
    by_model = (*map(_guards_of_row, ROWS), *map(_append_only, APPEND_ONLY))
    links = map(_guards_of_link, (PatientInvitation, StaffInvitation, CaseLink))
    by_hand = (_guards_of_protocol(), _guards_of_response(), _guards_of_alert())
    for guard in chain(*by_model, *by_hand, *links):
        yield guard
        if guard.event == DELETE:
            yield Guard(guard.table, TRUNCATE, guard.what, guard.sentence)


GUARDS = tuple(_declared())


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Name the guards that are not there, or not as they are declared."""
    found = {name: wording for name, _, wording in _found(connection)}
    wanted = _wanted(connection)
    return [name for name, wording in wanted.items() if found.get(name) != wording]


def install(connection: BaseDatabaseWrapper) -> list[str]:
    """Install what is missing and return its names; what is not declared goes.

    A table that is not there yet is passed over, and its guards stay missing.
    """
    dialect, lacking = DIALECTS[connection.vendor], missing(connection)
    wanted, installed = _wanted(connection), []
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        for name, table, _ in _found(connection):
            if name not in wanted:
                cursor.execute(dialect.drop(name, table))
        tables = connection.introspection.table_names(cursor)
        for guard in GUARDS:
            if guard.name in lacking and guard.table in tables:
                for statement in dialect.create(guard):
                    cursor.execute(statement)
                installed.append(guard.name)
    return installed


def count(connection: BaseDatabaseWrapper) -> int:
    return len(_wanted(connection))


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Take all guards away for a while: to migrate, or to empty a test database."""
    dialect = DIALECTS[connection.vendor]
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        for name, table, _ in _found(connection):
            cursor.execute(dialect.drop(name, table))
    try:
        yield
    finally:
        install(connection)


def _wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    dialect = DIALECTS[connection.vendor]
    covered = [guard for guard in GUARDS if dialect.covers(guard)]
    return {guard.name: dialect.wording(guard) for guard in covered}


def _found(connection: BaseDatabaseWrapper) -> list[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(DIALECTS[connection.vendor].found)
        return cursor.fetchall()
