"""Finished rows of a list, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from screening.engine.protocol import Item
from screening.engine.words import said

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NameRead:
    """How the name in a row was read: known, near (a question) or unknown."""

    state: str = ""
    name: str = ""
    candidate: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it stands in the list so far."""

    index: int
    name: str
    rest: str
    missing: str
    read: NameRead

    @property
    def number(self) -> int:
        return self.index + 1

    @property
    def is_read_otherwise(self) -> bool:
        """Tell whether the name was read as something that was not typed."""
        return self.read.state == "known" and self.name.casefold() not in (
            self.read.name.casefold(),
            "",
        )


def line(group: Item, index: int, row: Row, read: NameRead) -> Line:
    named = name_field(group)
    others = [field for field in group.fields if field is not named]
    return Line(
        index=index,
        name=str(row.get(named.link_id, "")),
        rest=" · ".join(filter(None, (part(field, row) for field in others))),
        missing=" · ".join(question(field) for field in lacking(group, row)),
        read=read,
    )


def name_field(group: Item) -> Item:
    """Return the field that says which row this is."""
    return next((f for f in group.fields if f.role == "name"), group.fields[0])


def lacking(group: Item, row: Row) -> list[Item]:
    """Return the required fields that a row does not hold yet."""
    return [f for f in group.fields if f.required and row.get(f.link_id) is None]


def part(field: Item, row: Row) -> str:
    """Return one answer of a row; a bare "Yes" needs its question beside it."""
    text = ", ".join(said(field, row.get(field.link_id)))
    bare = text in ("Yes", "No") or isinstance(row.get(field.link_id), dict)
    return f"{question(field)}: {text}".replace("?:", "?") if bare else text


def question(field: Item) -> str:
    return field.text.removesuffix(" (optional)")
