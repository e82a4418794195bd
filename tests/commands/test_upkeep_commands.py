"""Guarding the database and following the audit chain from the command line."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from screening.models import AuditEvent, guards
from tests.records import an_audit_event

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> Any:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return json.loads(out.getvalue())


def test_protecting_twice_installs_nothing_more() -> None:
    assert run("protect") == {"guards": guards.count(connection), "installed": []}


def test_protecting_names_what_it_put_back() -> None:
    name = "guard_screening_review_delete_kept"
    on = "" if connection.vendor == "sqlite" else " ON screening_review"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")
    assert run("protect")["installed"] == [name]


def test_guards_without_a_table_are_not_called_installed() -> None:
    with guards.lifted(connection), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE screening_review RENAME TO elsewhere")
    with pytest.raises(CommandError, match="run migrate first"):
        run("protect")


def test_the_servers_role_writes_rows_and_cannot_touch_the_guards() -> None:
    if connection.vendor == "sqlite":
        with pytest.raises(CommandError, match="Only PostgreSQL has roles"):
            run("protect", "--serves", "clinic")
        return
    with connection.cursor() as cursor:
        cursor.execute('CREATE ROLE "a clinic"')
        run("protect", "--serves", "a clinic")
        cursor.execute('SET LOCAL ROLE "a clinic"')
        an_audit_event()
        for change in (
            "TRUNCATE {}",
            "DROP TABLE {}",
            "ALTER TABLE {} DISABLE TRIGGER ALL",
        ):
            with pytest.raises(ProgrammingError), transaction.atomic():
                cursor.execute(change.format(AuditEvent._meta.db_table))
        cursor.execute("RESET ROLE")


def test_a_role_that_is_not_there_or_owns_the_tables_serves_nobody() -> None:
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
    with pytest.raises(CommandError, match="There is no role nobody"):
        run("protect", "--serves", "nobody")
    with pytest.raises(CommandError, match="can act as the owner"):
        run("protect", "--serves", owner)


def test_protecting_can_be_quiet() -> None:
    out = StringIO()
    call_command("protect", verbosity=0, stdout=out)
    assert out.getvalue() == ""


def test_a_whole_chain_is_counted_and_its_head_told() -> None:
    event = an_audit_event()
    assert run("verify_audit") == {
        "events": AuditEvent.objects.count(),
        "head": event.mac,
        "problems": [],
    }


def test_a_broken_chain_ends_with_an_error() -> None:
    event = an_audit_event()
    with guards.lifted(connection):
        AuditEvent.objects.filter(pk=event.pk).update(action="response.closed")
    out = StringIO()
    with pytest.raises(CommandError, match="does not say what was recorded"):
        call_command("verify_audit", stdout=out)
    assert len(json.loads(out.getvalue())["problems"]) == 1


def test_a_head_noted_before_must_still_be_there() -> None:
    known = an_audit_event().mac
    an_audit_event()
    assert run("verify_audit", "--head", known)["problems"] == []
    with pytest.raises(CommandError, match="tail was cut off"):
        call_command("verify_audit", "--head", "0" * 64, stdout=StringIO())
