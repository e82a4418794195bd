"""Everything a published protocol asks and how it judges, for a program to read."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from screening.engine.schema import TABLES
from screening.engine.tidying import filled
from screening.management.output import ScriptableCommand
from screening.management.published import published

Table = dict[str, Any]

# Where the TOML writes one table at a time, this lists them all.
_NAMES = {
    "page": "pages",
    "item": "items",
    "field": "fields",
    "option": "options",
    "score": "scores",
    "part": "parts",
    "band": "bands",
    "criterion": "criteria",
}


class Command(ScriptableCommand):
    help = "Print a published protocol as JSON: the active one, or one version."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--version", metavar="V")

    def handle(self, *, version: str | None, **options: Any) -> None:
        protocol = published(version)
        self.print(
            {
                "url": protocol.url,
                "version": protocol.version,
                "title": protocol.title,
                "status": protocol.status,
                "content_hash": protocol.content_hash,
                **describe(protocol.document()),
            }
        )


def describe(document: Table) -> Table:
    """Return the document with all its keys, and instruments worded where asked."""
    worded = {
        (instrument["code"], item["link_id"]): item
        for instrument in document.get("instruments", [])
        for item in instrument["item"]
    }
    described = _described("document", document, worded)
    scores = [
        score | {"instrument": instrument["code"]}
        for instrument in described["instruments"]
        for score in instrument["scores"]
    ]
    del described["protocol"]
    return described | {"scores": scores + described["scores"]}


def _described(kind: str, table: Table, worded: dict[Any, Table]) -> Table:
    if kind == "item":
        words = worded.get((table.get("instrument"), table["link_id"]), {})
        table = {"type": "choice"} | words | table
    described = {}
    for key, value in filled(kind, table).items():
        held = TABLES[kind][key][0]
        if held.startswith("["):
            rows = [_described(held[1:-1], row, worded) for row in value]
            described[_NAMES.get(key, key)] = rows
        else:
            # The sources that one thing cites; those of the document are a list above.
            described["source" if key == "sources" else key] = value
    return described
