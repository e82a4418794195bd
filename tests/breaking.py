"""Ways to find one thing in a protocol's document, and to spoil it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from screening.engine.document import fingerprint

Table = dict[str, Any]


def clause(question: str, operator: str, answer: object) -> Table:
    return {"question": question, "operator": operator, "answer": answer}


def pages(document: Table) -> Iterator[Table]:
    for section in document["sections"]:
        yield from section["page"]


def page(document: Table, slug: str) -> Table:
    return next(page for page in pages(document) if page["slug"] == slug)


def items(document: Table) -> Iterator[Table]:
    for page in pages(document):
        for item in page["item"]:
            yield item
            yield from item.get("field", [])


def item(document: Table, link_id: str) -> Table:
    return next(item for item in items(document) if item["link_id"] == link_id)


def section(document: Table, code: str) -> Table:
    return coded(document["sections"], code)


def instrument(document: Table, code: str) -> Table:
    return coded(document["instruments"], code)


def indication(document: Table, code: str) -> Table:
    return coded(document["indications"], code)


def score(document: Table, code: str) -> Table:
    held = [each for one in document["instruments"] for each in one.get("score", [])]
    return coded([*held, *document["scores"]], code)


def criterion(document: Table, code: str) -> Table:
    held = [each for one in document["indications"] for each in one["criterion"]]
    return coded([*held, *document["safety"]], code)


def medicine(document: Table, name: str) -> Table:
    return next(one for one in document["medicines"] if one["name"] == name)


def source(document: Table, code: str) -> Table:
    return coded(document["sources"], code)


def coded(tables: list[Table], code: str) -> Table:
    return next(table for table in tables if table["code"] == code)


def alone(question: str, operator: str, answer: object) -> list[list[Table]]:
    """One clause as a whole rule."""
    return [[clause(question, operator, answer)]]


Spoil = Callable[[Table], object]


class Fault(NamedTuple):
    code: str
    place: str
    spoil: Spoil


def rule(code: str, *clauses: tuple[str, str, object]) -> Spoil:
    """Give a criterion another rule: one group for each clause."""
    groups = [[clause(*one)] for one in clauses]
    return lambda d: criterion(d, code).update(clauses=groups)


def gate(link_id: str, *clauses: tuple[str, str, object]) -> Spoil:
    groups = [[clause(*one)] for one in clauses]
    return lambda d: item(d, link_id).update(enable_when=groups)


def put(find: Callable[..., Table], name: str, **keys: Any) -> Spoil:
    return lambda d: find(d, name).update(keys)


def drop(find: Callable[..., Table], name: str, key: str) -> Spoil:
    return lambda d: find(d, name).pop(key)


def part(code: str, **only: Any) -> Spoil:
    """Make a score of this one part."""
    return lambda d: score(d, code).update(part=[only])


def option(link_id: str, place: int, **keys: Any) -> Spoil:
    return lambda d: item(d, link_id)["option"][place].update(keys)


def reword(code: str, place: int, **keys: Any) -> Spoil:
    return lambda d: instrument(d, code)["item"][place].update(keys)


def relock(code: str, place: int, **keys: Any) -> Spoil:
    """Change an instrument's item and lock it anew, so that only the change shows."""

    def spoil(document: Table) -> None:
        table = instrument(document, code)
        table["item"][place].update(keys)
        table["sha256"] = fingerprint(table)

    return spoil


def swap(slug: str) -> Spoil:
    return lambda d: page(d, slug)["item"].reverse()
