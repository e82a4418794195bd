"""How each database is told to refuse a change, and what it has been told so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from typing import Protocol as Interface

INSERT, UPDATE, DELETE, TRUNCATE = "INSERT", "UPDATE", "DELETE", "TRUNCATE"
PREFIX = "guard_"


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuse an event on a table when the condition holds, in these words.

    The condition is SQL over OLD and NEW; `{differs}` compares and minds emptiness.
    """

    table: str
    event: str
    what: str
    sentence: str
    when: str = "TRUE"

    @property
    def name(self) -> str:
        return f"{PREFIX}{self.table}_{self.event.lower()}_{self.what}"


class Dialect(Interface):
    """What `guards` needs of a database. `found` gives name, table and wording."""

    found: str

    def covers(self, guard: Guard) -> bool: ...
    def wording(self, guard: Guard) -> str: ...
    def create(self, guard: Guard) -> list[str]: ...
    def drop(self, name: str, table: str) -> str: ...


class Sqlite:
    found = f"""
        SELECT name, tbl_name, sql FROM sqlite_master
        WHERE type = 'trigger' AND name GLOB '{PREFIX}*'
    """

    def covers(self, guard: Guard) -> bool:
        return guard.event != TRUNCATE

    def wording(self, guard: Guard) -> str:
        return (
            f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table}"
            f" FOR EACH ROW WHEN {guard.when.format(differs='IS NOT')}"
            f" BEGIN SELECT RAISE(ABORT, '{guard.sentence}'); END"
        )

    def create(self, guard: Guard) -> list[str]:
        return [f"DROP TRIGGER IF EXISTS {guard.name}", self.wording(guard)]

    def drop(self, name: str, table: str) -> str:
        return f"DROP TRIGGER {name}"


class PostgreSQL:
    # A trigger that was switched off, narrowed to some columns or given a condition
    # of its own does not count as found.
    found = f"""
        SELECT tgname, relname, relname || ' ' || tgtype || ' ' || prosrc
        FROM pg_trigger
        JOIN pg_class ON pg_class.oid = tgrelid
        JOIN pg_proc ON pg_proc.oid = tgfoid
        WHERE starts_with(tgname, '{PREFIX}') AND pg_table_is_visible(tgrelid)
            AND tgenabled IN ('O', 'A') AND tgqual IS NULL AND tgattr = ''
    """
    # The bits of pg_trigger.tgtype: 1 each row, 2 before, then the event.
    _kinds: ClassVar = {
        INSERT: 1 | 2 | 4,
        DELETE: 1 | 2 | 8,
        UPDATE: 1 | 2 | 16,
        TRUNCATE: 2 | 32,
    }
    _returned: ClassVar = {
        INSERT: "NEW",
        UPDATE: "NEW",
        DELETE: "OLD",
        TRUNCATE: "NULL",
    }

    def covers(self, guard: Guard) -> bool:
        return True

    def wording(self, guard: Guard) -> str:
        return f"{guard.table} {self._kinds[guard.event]} {self._body(guard)}"

    def create(self, guard: Guard) -> list[str]:
        each = "STATEMENT" if guard.event == TRUNCATE else "ROW"
        return [
            f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger"
            f" LANGUAGE plpgsql AS $guard${self._body(guard)}$guard$",
            f"CREATE OR REPLACE TRIGGER {guard.name}"
            f" BEFORE {guard.event} ON {guard.table}"
            f" FOR EACH {each} EXECUTE FUNCTION {guard.name}()",
        ]

    def drop(self, name: str, table: str) -> str:
        return f"DROP TRIGGER {name} ON {table}"

    def _body(self, guard: Guard) -> str:
        when = guard.when.format(differs="IS DISTINCT FROM")
        return (
            f"BEGIN IF {when} THEN RAISE EXCEPTION '{guard.sentence}'"
            " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
            f" RETURN {self._returned[guard.event]}; END"
        )


DIALECTS: dict[str, Dialect] = {"sqlite": Sqlite(), "postgresql": PostgreSQL()}
