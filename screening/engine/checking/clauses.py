"""Clauses that speak of nothing, of the wrong type, or of what comes later."""

from __future__ import annotations

from collections.abc import Iterator

from screening.engine import words
from screening.engine.checking.mistake import Mistake
from screening.engine.clauses import OPERATORS
from screening.engine.medicines import NOT_IN_TABLE
from screening.engine.protocol import (
    DECLINED,
    NOT_APPLICABLE,
    NOT_KNOWN,
    Clause,
    Item,
    Protocol,
    Rule,
)
from screening.engine.scores import leaves

CODED = ("choice", "multi-choice", "boolean")
NUMBERS = ("integer", "decimal")
EQUAL = ("=", "!=")


def check_clauses(protocol: Protocol) -> Iterator[Mistake]:
    for score in protocol.score_list:
        for part in score.parts:
            yield from _check_rule(protocol, score.code, part.rule, required=False)
    for criterion in protocol.criteria:
        yield from _check_rule(protocol, criterion.code, criterion.rule, required=True)
    for link_id, item in protocol.item.items():
        yield from _check_rule(protocol, link_id, item.gate, required=False)


def check_order(protocol: Protocol) -> Iterator[Mistake]:
    """A gate speaks of earlier pages alone. Every name must stand for something."""
    for item in protocol.item.values():
        yield from _check_order(protocol, item)


def _check_rule(
    protocol: Protocol, place: str, rule: Rule, *, required: bool
) -> Iterator[Mistake]:
    if (required and not rule) or any(not group for group in rule):
        message = "a rule needs a clause in every group: nothing is never enough"
        yield Mistake(place, "nothing-is-enough", message)
    for group in rule:
        for clause in group:
            yield from _check_clause(protocol, place, clause)


def _check_clause(protocol: Protocol, place: str, clause: Clause) -> Iterator[Mistake]:
    name, answer = clause.question, clause.answer
    if clause.operator not in OPERATORS:
        yield Mistake(place, "operator", f"unknown operator: {clause.operator}")
    elif name in protocol.score:
        if not _is_number(answer):
            yield _mismatch(protocol, place, clause)
    elif name.removesuffix(".class") not in protocol.item:
        yield _dangling(place, name)
    elif name.endswith(".class"):
        yield from _check_class(protocol, place, clause)
    elif not _fits(protocol.item[name], clause):
        yield _mismatch(protocol, place, clause)


def _check_class(protocol: Protocol, place: str, clause: Clause) -> Iterator[Mistake]:
    known = {c for medicine in protocol.medicine_list for c in medicine.classes}
    group = protocol.item[clause.question.removesuffix(".class")]
    if clause.operator not in EQUAL or "name" not in {f.role for f in group.fields}:
        yield _mismatch(protocol, place, clause)
    elif clause.answer not in known | {NOT_IN_TABLE}:
        message = f"no medicine in the table is of class {clause.answer}"
        yield Mistake(place, "dangling", message)


def _fits(item: Item, clause: Clause) -> bool:
    answer, equal = clause.answer, clause.operator in EQUAL
    if isinstance(answer, str) and answer in _offered(item):
        return equal
    if item.type == "boolean":
        return equal and isinstance(answer, bool)
    if item.type in CODED:
        return equal and answer in item.codes
    return item.type in NUMBERS and _is_number(answer)


def _offered(item: Item) -> set[str]:
    controls = {
        DECLINED: item.can_decline,
        NOT_KNOWN: item.can_be_unknown,
        NOT_APPLICABLE: bool(item.not_applicable),
    }
    return {code for code, offered in controls.items() if offered}


def _check_order(protocol: Protocol, item: Item) -> Iterator[Mistake]:
    pages = [page.slug for page in protocol.pages]
    here = pages.index(protocol.page_of[item.link_id].slug)
    for group in item.gate:
        for clause in group:
            read = leaves(clause.question, protocol)
            if any(pages.index(protocol.page_of[each].slug) >= here for each in read):
                asked = words.question(protocol, clause.question)
                message = f"“{asked}” opens it, and is not all asked on earlier pages"
                yield Mistake(item.link_id, "later-page", message)


def _dangling(place: str, name: str) -> Mistake:
    return Mistake(place, "dangling", f"no question or score is called {name}")


def _mismatch(protocol: Protocol, place: str, clause: Clause) -> Mistake:
    said = words.comparison(protocol, clause).removeprefix("is ")
    asked = words.question(protocol, clause.question)
    return Mistake(place, "type", f"no answer to “{asked}” can be {said}")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
