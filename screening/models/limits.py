"""What the columns cannot keep of a document, found before anything is written.

The limits are those of the models themselves. SQLite would keep longer texts and other
numbers, and PostgreSQL would not: a protocol must be the same on both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import Field, FloatField, IntegerField, Model, UniqueConstraint

from screening.engine.clauses import OPERATORS
from screening.engine.schema import TABLES
from screening.models.documents import ROWS, owner_field
from screening.models.protocol import Protocol

Table = dict[str, Any]

# PostgreSQL keeps 2,704 bytes of a row in an index; a character may have four.
INDEXED = 500
MODELS: dict[str, type[Model]] = {
    "protocol": Protocol,
    **{model.document_table: model for model in ROWS},
}
_RANGES = BaseDatabaseOperations.integer_field_ranges
_CALLED = {"item": "question", "field": "question", "option": "answer"}
_NAMES = ("code", "slug", "link_id", "name", "title", "text", "question")
# As much of a name as tells which one is meant.
_SHOWN = 40


@dataclass(frozen=True)
class _Found:
    """A table of the document, where it stands, and the table that holds it."""

    kind: str
    table: Table
    place: str
    owner: _Found | None = None


def longest(kind: str, key: str) -> int | None:
    """Return how many characters the column of a key can keep; None: any number."""
    column = _column(kind, key)
    most: int | None = column.max_length if column else None
    return most or (INDEXED if key in _indexed(kind) else None)


def misfits(document: Table) -> Iterator[str]:
    """Yield a sentence with its place for all that the columns cannot keep."""
    head = _Found("protocol", document["protocol"], "protocol")
    found = [head, *_held(_Found("document", document, ""))]
    for each in found:
        yield from (f"{each.place}: {problem}" for problem in _problems(each))
    yield from _twice(found)


def _held(owner: _Found) -> Iterator[_Found]:
    for key, (kind, _) in TABLES[owner.kind].items():
        tables = owner.table.get(key, [])
        if kind == "rule":
            kind, tables = "[clause]", [each for group in tables for each in group]
        if kind.startswith("["):
            for table in tables:
                place = ", ".join(filter(None, (owner.place, _called(kind, table))))
                found = _Found(kind[1:-1], table, place, owner)
                yield found
                yield from _held(found)


def _called(kind: str, table: Table) -> str:
    """Name a table as people would: by what it is, and its own name if it has one."""
    name = next((table[key] for key in _NAMES if table.get(key)), "")
    shown = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
    what = _CALLED.get(kind[1:-1], kind[1:-1])
    return f"{what} “{shown}”" if shown else what


def _problems(found: _Found) -> Iterator[str]:
    for key, value in found.table.items():
        said = key.replace("_", " ")
        column = _column(found.kind, key)
        most = longest(found.kind, key) if isinstance(value, str) else None
        if most and len(value) > most:
            yield f"{said} can have {most} characters at most, and has {len(value)}"
        elif isinstance(column, IntegerField) and not _counts(column, value):
            low, high = _RANGES[column.get_internal_type()]
            yield f"{said} is a whole number from {low} to {high}"
        elif isinstance(column, FloatField) and float(value) != value:
            yield f"{said} has more digits than can be kept"
    yield from _odd(found.kind, found.table)


def _counts(column: IntegerField[Any, Any], value: Any) -> bool:
    low, high = _RANGES[column.get_internal_type()]
    return isinstance(value, int) and low <= value <= high


def _odd(kind: str, table: Table) -> Iterator[str]:
    """Say what a constraint of the table would refuse."""
    if kind == "clause" and table["operator"] not in OPERATORS:
        yield f"“{table['operator']}” compares nothing; use {' '.join(OPERATORS)}"
    if kind == "part" and table.get("item") and table.get("score"):
        yield "a part of a score is a question or another score, not both"
    if kind == "band" and table["low"] > table["high"]:
        yield "a band runs from a low number to a higher one"


def _twice(found: list[_Found]) -> Iterator[str]:
    seen: dict[tuple[Any, ...], str] = {}
    for each in found:
        for rule in _uniques(each.kind):
            if _applies(rule, each):
                names = [name for name in rule.fields if name != "protocol"]
                key = (rule.name, *(_value(each, name) for name in names))
                if key in seen:
                    yield f"{each.place}: it is there twice, first as {seen[key]}"
                seen.setdefault(key, each.place)


def _value(found: _Found, name: str) -> Any:
    """Return what a column would hold; of a column that points back, whose it is."""
    is_own = name in TABLES[found.kind]
    return found.table.get(name) if is_own else id(found.owner)


def _applies(rule: UniqueConstraint, found: _Found) -> bool:
    """Tell whether a rule that asks who owns the row speaks of this one."""
    owner = found.owner and MODELS.get(found.owner.kind)
    held_by = owner_field(MODELS[found.kind], owner) if owner else ""  # type: ignore[arg-type]
    wanted: dict[str, bool] = dict(rule.condition.children if rule.condition else ())  # type: ignore[arg-type]
    return all(
        (held_by != name.removesuffix("__isnull")) is is_null
        for name, is_null in wanted.items()
    )


def _uniques(kind: str) -> list[UniqueConstraint]:
    model = MODELS[kind]
    rules = model._meta.constraints if model in ROWS else ()
    return [rule for rule in rules if isinstance(rule, UniqueConstraint)]


def _indexed(kind: str) -> set[str]:
    return {name for rule in _uniques(kind) for name in rule.fields}


def _column(kind: str, key: str) -> Field[Any, Any] | None:
    columns = {field.name: field for field in MODELS[kind]._meta.fields}
    return columns.get(key)
