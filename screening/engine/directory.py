"""A directory of TOML files, read into one document and written from one."""

from __future__ import annotations

import re
import tomllib
from itertools import groupby
from pathlib import Path
from typing import Any

from screening.engine.tidying import ProtocolError, canonical
from screening.engine.toml import dumps, dumps_list

Table = dict[str, Any]

_FOLDERS = {
    "sections": "section",
    "instruments": "instrument",
    "indications": "indication",
}
_FILES = {"scores": "score", "medicines": "medicine", "sources": "source"}
# Only a clinic that words its help pages otherwise has this file.
_TEXTS = "texts.toml"
# A code becomes the name of a file: it must be one on any machine.
_FILE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


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
            "texts": _texts(path / _TEXTS),
        }
    )


def write_directory(document: Table, path: Path) -> list[Path]:
    """Write a document as the files that `read_directory` reads; return the files.

    Raises ProtocolError, before anything is written, where files cannot say it, or
    where the directory holds others that would be read along with them.
    """
    files = as_files(document)
    there = {f.relative_to(path) for f in (*path.glob("*/*.toml"), path / _TEXTS)}
    there = {name for name in there if (path / name).exists()}
    ours = {Path(name).parent for name in files}
    if strange := sorted(f for f in there - set(map(Path, files)) if f.parent in ours):
        raise ProtocolError(f"{strange[0]} is there, and not of this protocol")
    for name, text in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, encoding="utf-8")
    return [path / name for name in files]


def as_files(document: Table) -> dict[str, str]:
    """Return the text of each file by its name. Raises ProtocolError."""
    document = canonical(document)
    orders, files = {}, {}
    for folder, kind in _FOLDERS.items():
        tables = document.get(folder, [])
        orders[folder] = _named(folder, [table["code"] for table in tables])
        for table in tables:
            files[f"{folder}/{table['code']}.toml"] = dumps(kind, table)
    groups = _by_group(document.get("safety", []))
    orders["safety"] = _named("safety", [group for group, _ in groups])
    for group, criteria in groups:
        files[f"safety/{group}.toml"] = dumps_list("criterion", "criterion", criteria)
    for name, kind in _FILES.items():
        files[f"{name}.toml"] = dumps_list(kind, kind, document.get(name, []))
    if texts := document.get("texts"):
        files[_TEXTS] = dumps_list("text", "words", texts)
    return {"protocol.toml": dumps("protocol", document["protocol"], orders)} | files


def _by_group(criteria: list[Table]) -> list[tuple[str, list[Table]]]:
    return [
        (group, [{k: v for k, v in each.items() if k != "group"} for each in found])
        for group, found in groupby(criteria, key=lambda each: each.get("group", ""))
    ]


def _named(folder: str, names: list[str]) -> list[str]:
    for name in names:
        if not _FILE_NAME.fullmatch(name):
            raise ProtocolError(f"{folder}: {name!r} cannot be the name of a file")
        if names.count(name) > 1:
            raise ProtocolError(f"{folder}: {name} would be written in two places")
    return names


def _read(path: Path) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ProtocolError(f"{path.name}: {error}") from error
    except RecursionError as error:
        raise ProtocolError(f"{path.name}: lists too deep to be read") from error


def _texts(path: Path) -> list[Any]:
    return _only("text", "texts", _read(path)) if path.exists() else []


def _order(name: str, order: object) -> list[str]:
    if not isinstance(order, list) or not all(isinstance(code, str) for code in order):
        raise ProtocolError(f"protocol.toml: {name}: a list of names was expected")
    for code in order:
        # Else a list could name, and so open, any file of the machine.
        if not _FILE_NAME.fullmatch(code):
            raise ProtocolError(f"protocol.toml: {name}: {code!r} is no file's name")
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
