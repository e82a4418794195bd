"""Tables put into canonical form, and refused where they cannot be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from screening.engine.schema import REQUIRED, TABLES

EXACT = 2**53
# The way to a value: the way to its table, that table, and its key there.
Place = tuple[Any, dict[str, Any], str] | None
_NEEDED = {
    table: [key for key, (_, default) in keys.items() if default is REQUIRED]
    for table, keys in TABLES.items()
}


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


def tidy(table: str, value: object, place: Place = None) -> dict[str, Any]:
    """Return the table in canonical form: keys equal to their default left out.

    Raises ProtocolError on an unknown key, a missing key or a value of the wrong kind.
    """
    if not isinstance(value, dict):
        raise ProtocolError(f"{_spelled(place)}: a table was expected")
    keys = TABLES[table]
    if unknown := sorted(value.keys() - keys.keys()):
        raise ProtocolError(f"{_spelled(place, value)}: unknown key {unknown[0]}")
    result = {}
    for key in filter(value.__contains__, keys):
        kind, default = keys[key]
        if (tidied := _tidy_value(kind, value[key], (place, value, key))) != default:
            result[key] = tidied
    if missing := [key for key in _NEEDED[table] if key not in value]:
        raise ProtocolError(f"{_spelled(place, value)}: {missing[0]} is missing")
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


def _tidy_value(kind: str, value: Any, place: Place) -> Any:
    if kind in _FITS:
        if not _FITS[kind](value):
            raise ProtocolError(f"{_spelled(place)}: {value!r} is not a {kind}")
        return _tidy_rule(value, place) if kind == "rule" else _whole(value)
    if kind in TABLES:
        return tidy(kind, value, place)
    if not isinstance(value, list):
        raise ProtocolError(f"{_spelled(place)}: a list was expected")
    return [tidy(kind[1:-1], entry, place) for entry in value]


def _tidy_rule(rule: list[list[Any]], place: Place) -> list[list[dict[str, Any]]]:
    return [[tidy("clause", clause, place) for clause in group] for group in rule]


def _whole(value: Any) -> Any:
    """Write 3.0 as 3, so that equal numbers are equal text.

    Beyond `EXACT` a float stands for many whole numbers, so it stays one.
    """
    if isinstance(value, float) and value.is_integer() and abs(value) <= EXACT:
        return int(value)
    if isinstance(value, dict):
        return {key: _whole(entry) for key, entry in value.items()}
    return value


def _spelled(place: Place, value: dict[str, Any] | None = None) -> str:
    """Name the tables and keys on the way to a place, and the table that is there."""
    words = [_name(value or {})]
    while place:
        place, table, key = place
        words += [key, _name(table)]
    return " ".join(filter(None, reversed(words)))


def _name(value: dict[str, Any]) -> str:
    names = (value.get(key) for key in ("code", "slug", "link_id", "name", "version"))
    return next((name for name in names if isinstance(name, str)), "")
