"""One document is the hinge where TOML, database rows and engine values meet."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from screening.engine.directory import read_directory, write_directory
from screening.engine.protocol import (
    Band,
    Clause,
    Criterion,
    Indication,
    Instrument,
    Item,
    Kind,
    Medicine,
    Option,
    Page,
    Part,
    Protocol,
    Rule,
    Score,
    Section,
    Source,
)
from screening.engine.tidying import ProtocolError, canonical, filled

Table = dict[str, Any]

__all__ = [
    "ProtocolError",
    "build",
    "canonical",
    "content_hash",
    "fingerprint",
    "read_directory",
    "write_directory",
]


def content_hash(document: Table) -> str:
    """Return the SHA-256 of the canonical document, in hexadecimal."""
    return _sha256(canonical(document))


def fingerprint(instrument: Table) -> str:
    """Return the SHA-256 of what makes an instrument valid: words, order and scores."""
    items = [
        {
            "link_id": item["link_id"],
            "type": item.get("type") or "choice",
            "text": item.get("text", ""),
            "options": [
                [option["code"], option["text"], option.get("score")]
                for option in item.get("option", [])
            ],
            "minimum": item.get("minimum"),
            "maximum": item.get("maximum"),
        }
        for item in instrument["item"]
    ]
    return _sha256({"stem": instrument.get("stem", ""), "items": items})


def build(document: Table) -> Protocol:
    """Build the engine's values from a document. Raises ProtocolError."""
    document = canonical(document)
    tables = document.get("instruments", [])
    instruments = {table["code"]: table for table in tables}
    scores = [_score(s, t["code"]) for t in tables for s in t.get("score", [])]
    return Protocol(
        url=document["protocol"]["url"],
        version=document["protocol"]["version"],
        title=document["protocol"]["title"],
        sections=tuple(_section(s, instruments) for s in document["sections"]),
        instruments=tuple(map(_instrument, tables)),
        score_list=(*scores, *(_score(s) for s in document.get("scores", []))),
        indications=tuple(map(_indication, document["indications"])),
        safety=tuple(map(_criterion, document.get("safety", []))),
        medicine_list=tuple(map(_medicine, document.get("medicines", []))),
        source_list=tuple(map(_source, document.get("sources", []))),
        texts=tuple((text["code"], text["text"]) for text in document.get("texts", [])),
    )


def rule(groups: list[list[Table]]) -> Rule:
    return tuple(tuple(Clause(**clause) for clause in group) for group in groups)


def _sha256(value: Table) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _values(table: str, value: Table, *without: str) -> Table:
    """Return the table's keys as a frozen value takes them: lists become tuples."""
    full = filled(table, value)
    kept = {key: full[key] for key in full if key not in ("note", *without)}
    return {k: tuple(v) if isinstance(v, list) else v for k, v in kept.items()}


def _section(table: Table, instruments: dict[str, Table]) -> Section:
    pages = tuple(_page(table, page, instruments) for page in table["page"])
    return Section(table["code"], table["title"], pages)


def _page(section: Table, table: Table, instruments: dict[str, Table]) -> Page:
    gate = rule(section.get("enable_when", []) + table.get("enable_when", []))
    items = tuple(_item(item, gate, instruments) for item in table["item"])
    used = {
        item.instrument: instruments[item.instrument]
        for item in items
        if item.instrument
    }
    values = _values("page", table, "item", "enable_when")
    return Page(
        **values,
        section=section["code"],
        section_title=section["title"],
        items=items,
        stem=" ".join(t["stem"] for t in used.values() if t.get("stem")),
        attributions=tuple((code, t["attribution"]) for code, t in used.items()),
    )


def _item(table: Table, gate: Rule, instruments: dict[str, Table]) -> Item:
    if code := table.get("instrument"):
        table = _locked(table, instruments.get(code)) | table
    own = rule(table.get("enable_when", []))
    values = _values("item", table, "option", "field", "enable_when")
    return Item(
        **values | {"type": values["type"] or "choice"},
        options=tuple(map(_option, table.get("option", []))),
        fields=tuple(_item(row, (), instruments) for row in table.get("field", [])),
        gate=(*gate, *own),
    )


def _locked(table: Table, instrument: Table | None) -> Table:
    found: list[Table] = [
        item
        for item in (instrument or {"item": []})["item"]
        if item["link_id"] == table["link_id"]
    ]
    if not found:
        raise ProtocolError(
            f"{table['link_id']}: not in instrument {table['instrument']}"
        )
    return found[0]


def _option(table: Table) -> Option:
    return Option(**_values("option", table))


def _instrument(table: Table) -> Instrument:
    items = tuple(_item(item | {"instrument": ""}, (), {}) for item in table["item"])
    return Instrument(**_values("instrument", table, "item", "score"), items=items)


def _score(table: Table, instrument: str = "") -> Score:
    return Score(
        **_values("score", table, "part", "band"),
        parts=tuple(map(_part, table.get("part", []))),
        bands=tuple(Band(**_values("band", band)) for band in table.get("band", [])),
        instrument=instrument,
    )


def _part(table: Table) -> Part:
    return Part(
        **_values("part", table, "clauses"), rule=rule(table.get("clauses", []))
    )


def _indication(table: Table) -> Indication:
    criteria = tuple(map(_criterion, table["criterion"]))
    return Indication(**_values("indication", table, "criterion"), criteria=criteria)


def _criterion(table: Table) -> Criterion:
    values = _values("criterion", table, "clauses", "kind", "settles", "group")
    try:
        kind = Kind(table["kind"])
    except ValueError as error:
        raise ProtocolError(f"{table['code']}: unknown kind {table['kind']}") from error
    return Criterion(**values, kind=kind, rule=rule(table["clauses"]))


def _medicine(table: Table) -> Medicine:
    equals = tuple(sorted(table.get("diazepam_10mg", {}).items()))
    return Medicine(**_values("medicine", table, "diazepam_10mg"), diazepam_10mg=equals)


def _source(table: Table) -> Source:
    return Source(**_values("source", table))
