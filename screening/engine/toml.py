"""Tables written as TOML in one canonical form: the same table, the same text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from screening.engine.schema import TABLES
from screening.engine.tidying import ProtocolError

Table = dict[str, Any]

WIDTH = 88
# TOML promises whole numbers of 64 bits, and no more.
LARGEST = 2**63 - 1
# Tables of these kinds are short: each stands on one line.
INLINE = ("option", "part", "band", "clause")
_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def dumps(kind: str, table: Table, more: Table | None = None) -> str:
    """Write a table of this kind, keys in the schema's order. Raises ProtocolError.

    `more` holds lists of names that belong to the file rather than to the table.
    """
    extra = more or {}
    lines = [*_pairs(kind, table), *(_pair(key, extra[key]) for key in extra)]
    return "\n".join([*lines, *_held(kind, table, "")]).strip("\n") + "\n"


def dumps_list(key: str, kind: str, tables: list[Table]) -> str:
    """Write a file that is made of one list of tables."""
    return "\n".join(_listed(key, kind, tables)).strip("\n") + "\n"


def _listed(path: str, kind: str, tables: list[Table]) -> Iterator[str]:
    for table in tables:
        yield ""
        yield f"[[{path}]]"
        yield from _pairs(kind, table)
        yield from _held(kind, table, f"{path}.")


def _pairs(kind: str, table: Table) -> Iterator[str]:
    for key in TABLES[kind]:
        if key in table and not _is_long(kind, key):
            yield _pair(key, table[key])


def _held(kind: str, table: Table, path: str) -> Iterator[str]:
    for key, (entry, _) in TABLES[kind].items():
        if table.get(key) and _is_long(kind, key):
            yield from _listed(f"{path}{key}", entry[1:-1], table[key])


def _is_long(kind: str, key: str) -> bool:
    entry = TABLES[kind][key][0]
    return entry.startswith("[") and entry[1:-1] not in INLINE


def _pair(key: str, value: Any) -> str:
    line = f"{_key(key)} = {_value(value)}"
    if len(line) <= WIDTH or not isinstance(value, list) or not value:
        return line
    if len(value) == 1 and isinstance(value[0], list):
        return f"{_key(key)} = [[\n{_entries(value[0], '  ')}]]"
    return f"{_key(key)} = [\n{_entries(value, '  ')}]"


def _entries(values: list[Any], indent: str) -> str:
    return "".join(f"{indent}{_entry(value, indent)},\n" for value in values)


def _entry(value: Any, indent: str) -> str:
    """Write one entry of a list on its line; a list too long for that on several."""
    text = _value(value)
    if len(indent) + len(text) < WIDTH or not isinstance(value, list):
        return text
    return f"[\n{_entries(value, indent + '  ')}{indent}]"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        pairs = ", ".join(f"{_key(key)} = {_value(value[key])}" for key in value)
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, int) and abs(value) > LARGEST:
        raise ProtocolError(f"{value} is too large a whole number for TOML")
    return repr(value)


def _key(key: str) -> str:
    return key if key and set(key) <= _BARE else _text(key)


def _text(text: str) -> str:
    """TOML's basic strings are JSON's, but for one character that must be escaped."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ProtocolError(f"{text!r} holds half a character") from error
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
