"""Lists of rows: what each field stands for, and what is carried from list to list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from screening.engine.carrying import CARRIED, STILL_TAKING
from screening.engine.checking.mistake import Mistake
from screening.engine.protocol import Item, Protocol

# What a field may stand for, the types that can say it, the options it must offer.
ROLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "name": (("lookup", "text"), ()),
    "dose": (("decimal", "integer"), ()),
    "weeks": (("integer", "decimal"), ()),
    "benefit": (("choice",), ()),
    "stopped": (("choice",), ("side-effects", STILL_TAKING)),
    "this-time": (("choice",), ()),
    "use": (("choice",), ("regular", "when-needed")),
}


def check_rows(protocol: Protocol) -> Iterator[Mistake]:
    for item in protocol.item.values():
        if item.type == "group" and not item.fields:
            yield Mistake(item.link_id, "type", "a group needs fields")
        if item.type != "group" and item.fields:
            yield Mistake(item.link_id, "type", "only a group has fields")
        for field in item.fields:
            yield from _check_field(field)
        roles = Counter(field.role for field in item.fields if field.role)
        for role in (role for role, times in roles.items() if times > 1):
            yield Mistake(item.link_id, "rows", f"two of its fields are its {role}")
        if item.carried_from:
            yield from _check_carried(protocol, item)


def lacking(group: Item, roles: Iterable[str]) -> Iterator[str]:
    """Say which of the roles no field of the group has."""
    has = {field.role for field in group.fields}
    for role in roles:
        if role not in has:
            yield f"no field of {group.link_id} has the role {role}"


def _check_field(field: Item) -> Iterator[Mistake]:
    if field.type == "group" or field.fields:
        yield Mistake(field.link_id, "rows", "a row cannot hold rows")
    if field.gate or field.hidden:
        message = "a field is asked in every row: it has no gate and is not hidden"
        yield Mistake(field.link_id, "rows", message)
    if not field.role:
        return
    types, codes = ROLES.get(field.role, ((), ()))
    if field.type not in types or set(codes) - field.codes:
        message = f"a {field.type} with these options cannot be a {field.role}"
        yield Mistake(field.link_id, "rows", message)


def _check_carried(protocol: Protocol, group: Item) -> Iterator[Mistake]:
    origin = protocol.item.get(group.carried_from)
    if origin is None:
        message = f"no question is called {group.carried_from}"
        yield Mistake(group.link_id, "dangling", message)
        return
    problems = [*lacking(group, CARRIED), *lacking(origin, (*CARRIED, "stopped"))]
    for problem in problems:
        yield Mistake(group.link_id, "rows", problem)
