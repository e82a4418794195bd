"""Guards that are missing, weakened or out of date are seen and mended."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection, models

from screening.models import Protocol, Staff, guards
from tests.records import a_member_of_staff

pytestmark = pytest.mark.django_db

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="PostgreSQL alone"
)


def test_every_declared_guard_is_there() -> None:
    assert guards.missing(connection) == []
    assert guards.install(connection) == []


def test_names_of_guards_differ_and_fit_the_databases() -> None:
    names = [guard.name for guard in guards.GUARDS]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) < 64


def test_a_guard_that_is_gone_is_missed_and_put_back() -> None:
    name = "guard_screening_review_delete_kept"
    _drop(name, "screening_review")
    assert guards.missing(connection) == [name]
    assert guards.install(connection) == [name]
    assert guards.missing(connection) == []


def test_a_guard_that_was_weakened_is_missed_and_mended() -> None:
    name = "guard_screening_review_delete_kept"
    if connection.vendor == "sqlite":
        _drop(name, "screening_review")
        _execute(
            f"CREATE TRIGGER {name} BEFORE DELETE ON screening_review"
            " BEGIN SELECT 1; END"
        )
    else:
        _execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
            " AS $$BEGIN RETURN OLD; END$$"
        )
    assert guards.install(connection) == [name]
    assert guards.missing(connection) == []


@on_postgresql
@pytest.mark.parametrize(
    "weaken",
    [
        "ALTER TABLE screening_review DISABLE TRIGGER {name}",
        "CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE OF reason ON screening_review"
        " FOR EACH ROW EXECUTE FUNCTION {name}()",
        "CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE ON screening_review"
        " FOR EACH ROW WHEN (false) EXECUTE FUNCTION {name}()",
        "CREATE OR REPLACE TRIGGER {name} AFTER UPDATE ON screening_review"
        " FOR EACH ROW EXECUTE FUNCTION {name}()",
    ],
)
def test_a_guard_that_was_switched_off_or_narrowed_is_missed(weaken: str) -> None:
    name = "guard_screening_review_update_kept"
    _execute(weaken.format(name=name))
    assert guards.install(connection) == [name]
    assert guards.missing(connection) == []


def test_a_guard_no_longer_declared_goes() -> None:
    if connection.vendor == "sqlite":
        _execute(
            "CREATE TRIGGER guard_old BEFORE DELETE ON screening_staff"
            " BEGIN SELECT 1; END"
        )
    else:
        _execute(
            "CREATE TRIGGER guard_old BEFORE DELETE ON screening_staff FOR EACH ROW"
            " EXECUTE FUNCTION guard_screening_review_delete_kept()"
        )
    guards.install(connection)
    a_member_of_staff().delete()
    assert not Staff.objects.exists()


def test_lifted_guards_come_back_even_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), guards.lifted(connection):
        assert len(guards.missing(connection)) == guards.count(connection)
        raise ZeroDivisionError
    assert guards.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_guards_survive_a_migration_back_and_forth() -> None:
    call_command("migrate", "screening", "0002", verbosity=0)
    call_command("migrate", "screening", verbosity=0)
    call_command("protect", verbosity=0)
    assert guards.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_a_guarded_table_that_others_read_can_be_rebuilt() -> None:
    """On SQLite it could not, while a trigger of another table reads it."""
    old = Protocol._meta.get_field("version")
    longer = models.CharField(max_length=41)
    longer.set_attributes_from_name("version")
    with guards.lifted(connection):
        for before, after in [(old, longer), (longer, old)]:
            with connection.schema_editor() as editor:
                editor.alter_field(Protocol, before, after)
    assert guards.missing(connection) == []


def _drop(name: str, table: str) -> None:
    on = "" if connection.vendor == "sqlite" else f" ON {table}"
    _execute(f"DROP TRIGGER {name}{on}")


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
