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
        name: head.pop(name, [])
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
            "scores": _read(path / "scores.toml").get("score", []),
            "medicines": _read(path / "medicines.toml").get("medicine", []),
            "sources": _read(path / "sources.toml").get("source", []),
        }
    )


def _read(path: Path) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProtocolError(f"{path.name}: {error}") from error


def _read_all(folder: Path, order: list[str]) -> list[Table]:
    unlisted = {path.stem for path in folder.glob("*.toml")} - set(order)
    if unlisted:
        raise ProtocolError(f"{folder.name}: not listed: {', '.join(sorted(unlisted))}")
    return [_read(folder / f"{name}.toml") for name in order]


def _grouped(order: list[str], files: list[Table]) -> list[Table]:
    return [
        criterion | {"group": group}
        for group, table in zip(order, files, strict=True)
        for criterion in table.get("criterion", [])
    ]
