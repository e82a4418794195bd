"""What one version of a protocol says that another does not, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, zip_longest
from typing import Any

Table = dict[str, Any]
Rule = list[list[Table]]

# The lists whose tables have a name of their own, and what one of them is called.
_KINDS = {
    "sections": "Section",
    "page": "Page",
    "item": "Question",
    "field": "Row field",
    "instruments": "Instrument",
    "scores": "Score",
    "score": "Score",
    "indications": "Indication",
    "criterion": "Criterion",
    "safety": "Criterion",
    "medicines": "Medicine",
    "sources": "Source",
}
# Two of these may hold something of the same name.
_OWNERS = ("instruments", "indications")
_NAMES = ("code", "slug", "link_id", "name")
_RULES = {"clauses": "holds when", "enable_when": "asked when"}
_OPERATORS = {
    "=": "is",
    "!=": "is not",
    "<": "below",
    "<=": "at most",
    ">": "above",
    ">=": "at least",
}


def what_changed(old: Table, new: Table) -> list[str]:
    """Return each difference as a sentence; [] when both documents say the same."""
    before, after = dict(_named(old)), dict(_named(new))
    kept = [name for name in after if name in before]
    gone = [f"{name} is removed." for name in before if name not in after]
    changed = [
        f"{name}: {line}."
        for name in kept
        for line in _differences(before[name], after[name])
    ]
    added = [
        f"{name} is added{_as_stated(table)}."
        for name, table in after.items()
        if name not in before
    ]
    moved = kept != [name for name in before if name in after]
    return gone + changed + added + ["The order changes."] * moved


def _named(document: Table) -> Iterator[tuple[str, Table]]:
    head = document["protocol"]
    yield "The protocol", {key: head[key] for key in head if key != "version"}
    for key in document:
        if key in _KINDS:
            yield from _branches(key, document[key])


def _branches(
    key: str, tables: list[Table], place: str = "", owner: str = ""
) -> Iterator[tuple[str, Table]]:
    """Yield each table under its name, without the named tables that it holds."""
    for table in tables:
        name = next(table[key] for key in _NAMES if key in table)
        held = [k for k in table if k in _KINDS and isinstance(table[k], list)]
        own = {k: table[k] for k in table if k not in held}
        yield f"{_KINDS[key]} {name}{owner}", own | {"place": place}
        for part in held:
            of = f" of {name}" if key in _OWNERS else ""
            yield from _branches(part, table[part], name, of)


def _differences(old: Table, new: Table) -> Iterator[str]:
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        if key in _RULES:
            yield from _rule_differences(_RULES[key], before or [], after or [])
        elif isinstance(before or after, list):
            yield from _list_differences(_plain(key), before or [], after or [])
        else:
            was, is_now = _against(before, after), _against(after, before)
            yield f"{_plain(key)} {was} becomes {is_now}"


def _rule_differences(label: str, old: Rule, new: Rule) -> Iterator[str]:
    """Speak of single clauses while the shape stays, else of the whole rule."""
    if [len(group) for group in old] != [len(group) for group in new]:
        yield f"{label} {_rule(old)} becomes {_rule(new)}"
        return
    for before, after in zip(chain(*old), chain(*new), strict=True):
        if before != after:
            same = before["question"] == after["question"]
            becomes = _comparison(after) if same else _clause(after)
            yield f"{_clause(before)} becomes {becomes}"


def _list_differences(label: str, old: list[Any], new: list[Any]) -> Iterator[str]:
    gone = [_words(entry) for entry in old if entry not in new]
    come = [_words(entry) for entry in new if entry not in old]
    if not gone and not come:
        yield f"{label}: the order changes"
    for before, after in zip_longest(gone, come):
        if before is None:
            yield f"{label} {after} is added"
        elif after is None:
            yield f"{label} {before} is removed"
        else:
            yield f"{label} {before} becomes {after}"


def _rule(rule: Rule) -> str:
    """Write a rule as it is read: any clause of a group, and all groups."""
    groups = [" or ".join(map(_clause, group)) for group in rule]
    return f"“{'; and '.join(groups) or 'always'}”"


def _clause(clause: Table) -> str:
    return f"{clause['question']} {_comparison(clause)}"


def _comparison(clause: Table) -> str:
    operator = _OPERATORS.get(clause["operator"], clause["operator"])
    return f"{operator} {_words(clause['answer'], quoted=False)}"


def _words(value: Any, *, quoted: bool = True) -> str:
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return _rule(value)
    if isinstance(value, dict):
        return ", ".join(f"{_plain(key)} {_words(value[key])}" for key in value)
    return f"“{value}”" if quoted and isinstance(value, str) else str(value)


def _against(value: Any, other: Any) -> str:
    """Write a value that may be left out: beside a yes that means no."""
    left_out = value is None and isinstance(other, bool)
    return "no" if left_out else _words(value)


def _plain(key: str) -> str:
    return key.replace("_", " ")


def _as_stated(table: Table) -> str:
    return f": {table['statement'].rstrip('.')}" if "statement" in table else ""
