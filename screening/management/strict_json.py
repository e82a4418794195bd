"""JSON from outside, read whole or refused with a sentence; no parser says it all."""

from __future__ import annotations

import json
from typing import Any, NoReturn

LARGEST = 1024 * 1024  # bytes; a browser may not post more either
DEEPEST = 8
LONGEST_NUMBER = 40


class NotJSON(ValueError):
    """What is wrong, in words. It never repeats an answer."""


def read_object(raw: bytes) -> dict[str, Any]:
    """Return the one object in these bytes. Raises NotJSON."""
    if len(raw) > LARGEST:
        raise NotJSON(f"It is larger than {LARGEST} bytes.")
    try:
        found = _decoder.decode(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise NotJSON(f"Byte {error.start} is not UTF-8.") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise NotJSON(f"It is not JSON: {error.msg}, {place}.") from error
    except RecursionError as error:
        raise NotJSON(_TOO_DEEP) from error
    if not isinstance(found, dict):
        raise NotJSON("It is not an object: { question: answer }.")
    _check(found, DEEPEST)
    return found


def shown(text: str) -> str:
    """Return a name from outside as a terminal may show it."""
    short = text if len(text) <= 80 else f"{text[:80]}..."
    return short if short.isprintable() else ascii(short)


def _check(value: object, levels: int) -> None:
    """Refuse what no database and no terminal could take."""
    if isinstance(value, str) and any("\ud800" <= c <= "\udfff" for c in value):
        raise NotJSON("It holds half of a character: a lone surrogate.")
    if not isinstance(value, dict | list):
        return
    if not levels:
        raise NotJSON(_TOO_DEEP)
    names = list(value) if isinstance(value, dict) else []
    held = value.values() if isinstance(value, dict) else value
    for each in [*names, *held]:
        _check(each, levels - 1)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for name, value in pairs:
        if name in table:
            raise NotJSON(f"It names {shown(name)} twice.")
        table[name] = value
    return table


def _integer(digits: str) -> int:
    return int(_bounded(digits))


def _decimal(digits: str) -> float:
    number = float(_bounded(digits))
    if number in (float("inf"), float("-inf")):
        raise NotJSON("It holds a number that is too large.")
    return number


def _bounded(digits: str) -> str:
    if len(digits) > LONGEST_NUMBER:
        raise NotJSON(f"It holds a number of more than {LONGEST_NUMBER} characters.")
    return digits


def _no_constant(name: str) -> NoReturn:
    raise NotJSON(f"{name} is not a number in JSON.")


_TOO_DEEP = f"It is nested more than {DEEPEST} levels deep."
_decoder = json.JSONDecoder(
    object_pairs_hook=_once,
    parse_int=_integer,
    parse_float=_decimal,
    parse_constant=_no_constant,
)
