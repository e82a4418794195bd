"""A protocol's rows as one document, and a document as rows.

Tables, keys and kinds are those of `screening.engine.schema`. No key is named here but
`sources`, which is kept as citations; a rule is kept as clauses.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import ForeignKey

from screening.engine.document import ProtocolError, canonical
from screening.engine.schema import TABLES
from screening.models.criteria import Clause, Criterion, Indication
from screening.models.questionnaire import AnswerOption, Instrument, Item, Page, Section
from screening.models.references import Citation, Medicine, Source, Text
from screening.models.rows import ProtocolRow
from screening.models.scoring import Band, Score, ScorePart

if TYPE_CHECKING:
    from screening.models.protocol import Protocol

Table = dict[str, Any]
Model = type[ProtocolRow]
Owner = ProtocolRow | None

CITED = "sources"
ROWS: tuple[Model, ...] = (
    *(Section, Page, Item, AnswerOption, Instrument, Score, ScorePart, Band),
    *(Indication, Criterion, Clause, Medicine, Source, Text),
    Citation,
)
_LISTED = {f"[{model.document_table}]": model for model in ROWS}


def read_document(protocol: Protocol) -> Table:
    """Rebuild the document from the rows; one query a table."""
    reading = _Reading(protocol)
    head = {key: getattr(protocol, key) for key in TABLES["protocol"]}
    lists = {key: reading.tables(model, None) for key, model in _lists("document")}
    return canonical({"protocol": head, **lists})


def write_document(protocol: Protocol, document: Table) -> None:
    """Write the document as rows of a protocol that has none yet."""
    writing = _Writing(protocol)
    # Backwards, because the sources come last and must be there to be cited.
    for key, model in reversed(_lists("document")):
        writing.write(model, [(None, document.get(key, []))])


def erase_document(protocol: Protocol) -> None:
    """Take away the rows of a draft; the last ones first, since they point back."""
    for model in reversed(ROWS):
        rows = model._default_manager.filter(protocol=protocol)
        rows._raw_delete(rows.db)


class _Reading:
    """All rows of a protocol, found by the row that they belong to."""

    def __init__(self, protocol: Protocol) -> None:
        self.found: dict[tuple[object, ...], list[Any]] = defaultdict(list)
        for model in ROWS:
            rows = model._default_manager.filter(protocol=protocol)
            for row in rows.order_by("position", "pk"):
                self.found[model, *_owner_of(row)].append(row)
        self.codes = {row.pk: row.code for row in self.rows(Source, None)}

    def rows(self, model: Model, owner: Owner) -> list[Any]:
        return self.found[model, type(owner), owner and owner.pk]

    def tables(self, model: Model, owner: Owner) -> list[Table]:
        return [self.table(row) for row in self.rows(model, owner)]

    def table(self, row: ProtocolRow) -> Table:
        keys = TABLES[row.document_table]
        values = {key: self.value(row, key, kind) for key, (kind, _) in keys.items()}
        return {key: value for key, value in values.items() if value is not None}

    def value(self, row: ProtocolRow, key: str, kind: str) -> Any:
        if kind in _LISTED:
            return self.tables(_LISTED[kind], row)
        if kind == "rule":
            clauses = groupby(self.rows(Clause, row), key=lambda clause: clause.group)
            return [[self.table(clause) for clause in group] for _, group in clauses]
        if key == CITED:
            return [self.codes[cited.source_id] for cited in self.rows(Citation, row)]
        return getattr(row, key)


class _Writing:
    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.sources: dict[str, Any] = {}

    def write(self, model: Model, families: list[tuple[Owner, list[Table]]]) -> None:
        """Write the tables of many owners at once, then whatever those tables hold."""
        tables = [table for _, family in families for table in family]
        rows: list[Any] = model._default_manager.bulk_create(
            self.row(model, owner, position, table)
            for owner, family in families
            for position, table in enumerate(family)
        )
        if model is Source:
            self.sources = {row.code: row for row in rows}
        for key, (kind, _) in TABLES.get(model.document_table, {}).items():
            held = [
                (row, t[key]) for row, t in zip(rows, tables, strict=True) if key in t
            ]
            if held:
                self.write_held(key, kind, held)

    def write_held(self, key: str, kind: str, held: list[tuple[Owner, Any]]) -> None:
        if kind in _LISTED:
            self.write(_LISTED[kind], held)
        elif kind == "rule":
            self.write(Clause, [(owner, _numbered(rule)) for owner, rule in held])
        elif key == CITED:
            self.write(Citation, [(owner, self.cited(codes)) for owner, codes in held])

    def row(
        self, model: Model, owner: Owner, position: int, table: Table
    ) -> ProtocolRow:
        place = {owner_field(model, type(owner)): owner} if owner else {}
        columns = {key: table[key] for key in _columns(model) if key in table}
        return model(protocol=self.protocol, position=position, **place, **columns)

    def cited(self, codes: list[str]) -> list[Table]:
        if unknown := [code for code in codes if code not in self.sources]:
            raise ProtocolError(f"sources: there is no source {unknown[0]}")
        return [{"source": self.sources[code]} for code in codes]


def _numbered(rule: list[list[Table]]) -> list[Table]:
    """Give each clause the number of its group."""
    return [
        clause | {"group": number}
        for number, group in enumerate(rule)
        for clause in group
    ]


def _lists(table: str) -> list[tuple[str, Model]]:
    kinds = TABLES[table].items()
    return [(key, _LISTED[kind]) for key, (kind, _) in kinds if kind in _LISTED]


@cache
def _owner_fields(model: Model) -> dict[Model, str]:
    """Name the columns that may point to the row's owner, by the owner's model."""
    keys = (field for field in model._meta.fields if isinstance(field, ForeignKey))
    owners = {key.related_model: key.name for key in keys if key.name != "source"}
    return {owner: name for owner, name in owners.items() if owner in ROWS}


def owner_field(model: Model, owner: Model) -> str:
    return _owner_fields(model)[owner]


def _owner_of(row: ProtocolRow) -> tuple[Model | type[None], int | None]:
    for owner, name in _owner_fields(type(row)).items():
        if (key := getattr(row, f"{name}_id")) is not None:
            return owner, key
    return type(None), None


@cache
def _columns(model: Model) -> frozenset[str]:
    """Name the keys of the model's table that are columns of the same name."""
    owners = {*_owner_fields(model).values(), "protocol", "position", "id"}
    return frozenset(field.name for field in model._meta.fields) - owners
