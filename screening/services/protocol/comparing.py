"""What one version of a protocol says that another does not, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, zip_longest
from typing import Any

Table = dict[str, Any]
Rule = list[list[Table]]
# What to call a table, from its kind and code and from what it says.
Called = Callable[[str, Table], str]

# The lists whose tables have a name of their own, and what one of them is called.
_LISTS = {
    "sections": "Section",
    "instruments": "Instrument",
    "scores": "Score",
    "indications": "Indication",
    "safety": "Criterion",
    "medicines": "Medicine",
    "sources": "Source",
    "texts": "Words",
}
_HELD = {
    "page": "Page",
    "item": "Question",
    "field": "Row field",
    "score": "Score",
    "criterion": "Criterion",
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


def what_changed(old: Table, new: Table, called: Called | None = None) -> list[str]:
    """Return each difference as a sentence; [] when both documents say the same.

    `called` may call a table by other words than its kind and its code.
    """
    before, after = dict(_named(old)), dict(_named(new))
    say = called or _by_code
    kept = [name for name in after if name in before]
    gone = [f"{say(n, before[n])} is removed." for n in before if n not in after]
    changed = [
        f"{say(name, before[name])}: {line}."
        for name in kept
        for line in differences(before[name], after[name])
    ]
    added = [
        f"{say(name, table)} is added{_as_stated(table, say(name, table))}."
        for name, table in after.items()
        if name not in before
    ]
    moved = kept != [name for name in before if name in after]
    return gone + changed + added + ["The order changes."] * moved


def _named(document: Table) -> Iterator[tuple[str, Table]]:
    head = document["protocol"]
    yield "The protocol", {key: head[key] for key in head if key != "version"}
    for key, kind in _LISTS.items():
        for table in document.get(key, []):
            suffix = f" of {table['code']}" if key in _OWNERS else ""
            yield from _branches(kind, table, suffix)


def _branches(
    kind: str, table: Table, suffix: str, place: str = ""
) -> Iterator[tuple[str, Table]]:
    """Yield a table under its name, then those it holds under theirs."""
    name = next(table[key] for key in _NAMES if key in table)
    held = [key for key in _HELD if key in table]
    own = {key: table[key] for key in table if key not in held}
    yield f"{kind} {name}{suffix if place else ''}", own | {"place": place}
    for key in held:
        for part in table[key]:
            yield from _branches(_HELD[key], part, suffix, name)


def differences(old: Table, new: Table) -> Iterator[str]:
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        if key in _RULES:
            yield from _rule_differences(_RULES[key], before or [], after or [])
        elif isinstance(before or after, list):
            yield from _list_differences(_plain(key), before or [], after or [])
        elif isinstance(before or after, bool):
            # What is left out says no where it could say yes.
            yield f"{_plain(key)} {_words(bool(before))} becomes {_words(bool(after))}"
        else:
            yield _difference(_plain(key), before, after)


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
    gone = [entry for entry in old if entry not in new]
    come = [entry for entry in new if entry not in old]
    if not gone and not come:
        yield f"{label}: the order changes"
    for before, after in _paired(gone, come):
        yield _difference(label, before, after)


def _paired(gone: list[Any], come: list[Any]) -> Iterable[tuple[Any, Any]]:
    """Set each entry beside what became of it: under its code, where it has one."""
    if not all(isinstance(each, dict) and "code" in each for each in (*gone, *come)):
        return zip_longest(gone, come)
    before = {each["code"]: each for each in gone}
    after = {each["code"]: each for each in come}
    return [(before.get(code), after.get(code)) for code in before | after]


def _difference(label: str, before: Any, after: Any) -> str:
    if before is None:
        return f"{label} {_words(after)} is added"
    if after is None:
        return f"{label} {_words(before)} is removed"
    return f"{label} {_words(before)} becomes {_words(after)}"


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
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return _rule(value)
    if isinstance(value, dict):
        return ", ".join(f"{_plain(key)} {_words(value[key])}" for key in value)
    return f"“{value}”" if quoted and isinstance(value, str) else str(value)


def _plain(key: str) -> str:
    return key.replace("_", " ")


def in_words(table: Table) -> list[str]:
    """Return all that a table says by itself, a phrase for each key."""
    return [f"{_RULES.get(k, _plain(k))} {_value(k, v)}" for k, v in table.items()]


def _value(key: str, value: Any) -> str:
    if key in _RULES or not isinstance(value, list):
        return _words(value)
    return "; ".join(_words(each) for each in value)


def _by_code(name: str, table: Table) -> str:
    return name


def _as_stated(table: Table, name: str) -> str:
    if "statement" not in table:
        return ""
    stated = table["statement"].rstrip(".")
    said = "" if stated in name else f" {stated};"
    return f":{said} {_RULES['clauses']} {_rule(table['clauses'])}"
