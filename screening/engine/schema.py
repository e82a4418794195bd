"""Every table a protocol may hold, with its keys, their kinds and their defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

REQUIRED = "(required)"

# A kind is a word of _FITS below, or the name of a table in brackets: a list of them.
Keys = Mapping[str, tuple[str, Any]]

_RULE: Keys = {"enable_when": ("rule", [])}
_ITEM: Keys = {
    "link_id": ("text", REQUIRED),
    "type": ("text", ""),
    "text": ("text", ""),
    "help": ("text", ""),
    "required": ("flag", False),
    "can_decline": ("flag", False),
    "can_be_unknown": ("flag", False),
    "unknown_is_exclusive": ("flag", False),
    "hidden": ("flag", False),
    "not_applicable": ("text", ""),
    "minimum": ("number", None),
    "maximum": ("number", None),
    "unit": ("text", ""),
    "role": ("text", ""),
    "max_rows": ("number", 0),
    "carried_from": ("text", ""),
    "autocomplete": ("text", ""),
    "instrument": ("text", ""),
    "loinc": ("text", ""),
    "option": ("[option]", []),
    "field": ("[item]", []),
    "sources": ("texts", []),
    "note": ("text", ""),
    **_RULE,
}

TABLES: Mapping[str, Keys] = {
    "document": {
        "protocol": ("protocol", REQUIRED),
        "sections": ("[section]", REQUIRED),
        "instruments": ("[instrument]", []),
        "scores": ("[score]", []),
        "indications": ("[indication]", REQUIRED),
        "safety": ("[criterion]", []),
        "medicines": ("[medicine]", []),
        "sources": ("[source]", []),
    },
    "protocol": {
        "url": ("text", REQUIRED),
        "version": ("text", REQUIRED),
        "title": ("text", REQUIRED),
        "note": ("text", ""),
    },
    "section": {
        "code": ("text", REQUIRED),
        "title": ("text", REQUIRED),
        "page": ("[page]", REQUIRED),
        "note": ("text", ""),
        **_RULE,
    },
    "page": {
        "slug": ("text", REQUIRED),
        "title": ("text", REQUIRED),
        "intro": ("text", ""),
        "item": ("[item]", REQUIRED),
        "sensitive": ("flag", False),
        "leave_quickly": ("flag", False),
        "note": ("text", ""),
        **_RULE,
    },
    "item": _ITEM,
    "option": {
        "code": ("text", REQUIRED),
        "text": ("text", REQUIRED),
        "score": ("number", None),
        "loinc": ("text", ""),
    },
    "instrument": {
        "code": ("text", REQUIRED),
        "title": ("text", REQUIRED),
        "licence": ("text", REQUIRED),
        "attribution": ("text", REQUIRED),
        "stem": ("text", ""),
        "loinc": ("text", ""),
        "recall_days": ("number", 0),
        "sha256": ("text", REQUIRED),
        "item": ("[item]", REQUIRED),
        "score": ("[score]", []),
        "note": ("text", ""),
    },
    "score": {
        "code": ("text", REQUIRED),
        "title": ("text", REQUIRED),
        "kind": ("text", REQUIRED),
        "minimum": ("number", REQUIRED),
        "maximum": ("number", None),
        "part": ("[part]", []),
        "band": ("[band]", []),
        "unit": ("text", ""),
        "loinc": ("text", ""),
        "shown": ("flag", False),
        "closed_parts_count_zero": ("flag", False),
        "group": ("text", ""),
        "complete": ("text", ""),
        "classes": ("texts", []),
        "weeks": ("number", 0),
        "benefits": ("texts", []),
        "table": ("text", ""),
        "sources": ("texts", []),
        "default": ("text", ""),
        "note": ("text", ""),
    },
    "part": {
        "item": ("text", ""),
        "score": ("text", ""),
        "clauses": ("rule", []),
        "at_most": ("number", None),
    },
    "band": {
        "low": ("number", REQUIRED),
        "high": ("number", REQUIRED),
        "text": ("text", REQUIRED),
    },
    "indication": {
        "code": ("text", REQUIRED),
        "title": ("text", REQUIRED),
        "pathway": ("text", REQUIRED),
        "criterion": ("[criterion]", REQUIRED),
        "note": ("text", ""),
    },
    "criterion": {
        "code": ("text", REQUIRED),
        "kind": ("text", REQUIRED),
        "statement": ("text", REQUIRED),
        "rationale": ("text", ""),
        "sources": ("texts", []),
        "default": ("text", ""),
        "tier": ("text", ""),
        "about": ("text", ""),
        "settles": ("text", ""),
        "calls_doctor": ("text", ""),
        "group": ("text", ""),
        "note": ("text", ""),
        "clauses": ("rule", REQUIRED),
    },
    "medicine": {
        "name": ("text", REQUIRED),
        "brands": ("texts", []),
        "classes": ("texts", REQUIRED),
        "minimum_mg": ("number", None),
        "diazepam_10mg": ("numbers", {}),
        "note": ("text", ""),
    },
    "source": {
        "code": ("text", REQUIRED),
        "title": ("text", REQUIRED),
        "kind": ("text", REQUIRED),
        "quote": ("text", ""),
        "note": ("text", ""),
    },
    "clause": {
        "question": ("text", REQUIRED),
        "operator": ("text", REQUIRED),
        "answer": ("answer", REQUIRED),
    },
}


class ProtocolError(ValueError):
    """A protocol that cannot be read: says where, and what is wrong there."""


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_rule(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(group, list) for group in value)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


_FITS = {
    "text": lambda value: isinstance(value, str),
    "flag": lambda value: isinstance(value, bool),
    "number": _is_number,
    "texts": _is_texts,
    "numbers": lambda value: (
        isinstance(value, dict) and all(map(_is_number, value.values()))
    ),
    "rule": _is_rule,
    "answer": lambda value: isinstance(value, str | bool) or _is_number(value),
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
    """Write 3.0 as 3, so that equal numbers are equal text."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _whole(entry) for key, entry in value.items()}
    return value


def _name(value: dict[str, Any]) -> str:
    names = (value.get(key) for key in ("code", "slug", "link_id", "name", "version"))
    return next((name for name in names if isinstance(name, str)), "")
