"""A directory of TOML files, read into one document in its declared order."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from screening.engine.tidying import ProtocolError, canonical

Table = dict[str, Any]


def read_directory(path: Path) -> Table:
    """Read a directory of TOML files into one document, in its declared order.

    Raises ProtocolError when a file is missing, cannot be parsed, or is not listed.
    """
    head = _read(path / "protocol.toml")
    orders = {
        name: _order(name, head.pop(name, []))
        for name in ("sections", "instruments", "indications", "safety")
    }
    files = {name: _read_all(path / name, order) for name, order in orders.items()}
    return canonical(
        {
            "protocol": head,
            "sections": files["sections"],
            "instruments": files["instruments"],
            "indications": files["indications"],
            "safety": _grouped(orders["safety"], files["safety"]),
            "scores": _only("score", "scores", _read(path / "scores.toml")),
            "medicines": _only("medicine", "medicines", _read(path / "medicines.toml")),
            "sources": _only("source", "sources", _read(path / "sources.toml")),
        }
    )


def _read(path: Path) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ProtocolError(f"{path.name}: {error}") from error


def _order(name: str, order: object) -> list[str]:
    if not isinstance(order, list) or not all(isinstance(code, str) for code in order):
        raise ProtocolError(f"protocol.toml: {name}: a list of names was expected")
    return order


def _only(key: str, place: str, table: Table) -> list[Any]:
    """Return the list that a file is made of. Another key would be dropped unread."""
    if unknown := sorted(set(table) - {key}):
        raise ProtocolError(f"{place}: unknown key {unknown[0]}")
    if not isinstance(entries := table.get(key, []), list):
        raise ProtocolError(f"{place}: {key}: a list was expected")
    return entries


def _read_all(folder: Path, order: list[str]) -> list[Table]:
    unlisted = {path.stem for path in folder.glob("*.toml")} - set(order)
    if unlisted:
        raise ProtocolError(f"{folder.name}: not listed: {', '.join(sorted(unlisted))}")
    return [_read(folder / f"{name}.toml") for name in order]


def _grouped(order: list[str], files: list[Table]) -> list[Table]:
    return [
        criterion | {"group": group} if isinstance(criterion, dict) else criterion
        for group, table in zip(order, files, strict=True)
        for criterion in _only("criterion", f"safety {group}", table)
    ]
