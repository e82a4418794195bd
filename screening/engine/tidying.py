"""Tables put into canonical form, and refused where they cannot be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from screening.engine.schema import REQUIRED, TABLES

EXACT = 2**53


class ProtocolError(ValueError):
    """A protocol that cannot be read: says where, and what is wrong there."""


# Whole numbers far beyond this have no float; it shuts out inf and nan as well.
_LARGEST = 10**300


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return -_LARGEST <= value <= _LARGEST


def _is_rule(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(group, list) for group in value)


def _is_text(value: object) -> bool:
    """No database and no page can hold the character NUL."""
    return isinstance(value, str) and "\0" not in value


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_numbers(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    return all(map(_is_text, value)) and all(map(_is_number, value.values()))


_FITS: Mapping[str, Callable[[Any], bool]] = {
    "text": _is_text,
    "flag": lambda value: isinstance(value, bool),
    "number": _is_number,
    "texts": _is_texts,
    "numbers": _is_numbers,
    "rule": _is_rule,
    "answer": lambda value: (
        isinstance(value, bool) or _is_text(value) or _is_number(value)
    ),
}


def tidy(table: str, value: object, place: str = "") -> dict[str, Any]:
    """Return the table in canonical form: keys equal to their default left out.

    Raises ProtocolError on an unknown key, a missing key or a value of the wrong kind.
    """
    if not isinstance(value, dict):
        raise ProtocolError(f"{place}: a table was expected")
    place = f"{place} {_name(value)}".strip()
    if unknown := sorted(set(value) - set(TABLES[table])):
        raise ProtocolError(f"{place}: unknown key {unknown[0]}")
    result = {}
    for key, (kind, default) in TABLES[table].items():
        if key not in value:
            if default is REQUIRED:
                raise ProtocolError(f"{place}: {key} is missing")
        elif (tidied := _tidy_value(kind, value[key], f"{place} {key}")) != default:
            result[key] = tidied
    return result


def canonical(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document with every default left out. Raises ProtocolError."""
    try:
        return tidy("document", document)
    except RecursionError as error:
        raise ProtocolError("tables within tables, too deep to be read") from error


def filled(table: str, value: dict[str, Any]) -> dict[str, Any]:
    """Return a tidy table with its defaults put back."""
    return {key: value.get(key, default) for key, (_, default) in TABLES[table].items()}


def _tidy_value(kind: str, value: Any, place: str) -> Any:
    if kind.startswith("["):
        if not isinstance(value, list):
            raise ProtocolError(f"{place}: a list was expected")
        return [tidy(kind[1:-1], entry, place) for entry in value]
    if kind in TABLES:
        return tidy(kind, value, place)
    if not _FITS[kind](value):
        raise ProtocolError(f"{place}: {value!r} is not a {kind}")
    if kind == "rule":
        return [[tidy("clause", clause, place) for clause in group] for group in value]
    return _whole(value)


def _whole(value: Any) -> Any:
    """Write 3.0 as 3, so that equal numbers are equal text.

    Beyond `EXACT` a float stands for many whole numbers, so it stays one.
    """
    if isinstance(value, float) and value.is_integer() and abs(value) <= EXACT:
        return int(value)
    if isinstance(value, dict):
        return {key: _whole(entry) for key, entry in value.items()}
    return value


def _name(value: dict[str, Any]) -> str:
    names = (value.get(key) for key in ("code", "slug", "link_id", "name", "version"))
    return next((name for name in names if isinstance(name, str)), "")
