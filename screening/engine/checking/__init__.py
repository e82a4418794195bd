"""The static check of a protocol: every mistake, in plain words and by place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from screening.engine.checking.clauses import check_clauses, check_order
from screening.engine.checking.content import (
    check_medicines,
    check_shelf_life,
    check_sources,
    check_wording,
)
from screening.engine.checking.criteria import NOT_PROVED, check_criteria
from screening.engine.checking.mistake import Mistake
from screening.engine.checking.names import check_names
from screening.engine.checking.numbers import check_numbers
from screening.engine.checking.rows import check_rows
from screening.engine.checking.safety import check_safety
from screening.engine.checking.scores import check_scores
from screening.engine.checking.texts import check_texts
from screening.engine.document import ProtocolError, build, canonical
from screening.engine.protocol import Protocol

__all__ = ["Mistake", "check", "check_with_notes"]

_Check = Callable[[Protocol], Iterable[Mistake]]
_SHAPE: tuple[_Check, ...] = (check_names, check_rows, check_scores, check_clauses)
_CONTENT: tuple[_Check, ...] = (
    *(check_order, check_numbers, check_medicines, check_sources),
    *(check_shelf_life, check_safety, check_criteria, check_texts),
)


def check(document: dict[str, Any]) -> list[Mistake]:
    """Return every mistake that keeps a protocol from being published; [] when none."""
    return check_with_notes(document)[0]


def check_with_notes(document: dict[str, Any]) -> tuple[list[Mistake], list[Mistake]]:
    """Return the mistakes, and what could be neither proved nor refuted."""
    try:
        protocol = build(document)
    except ProtocolError as error:
        return [Mistake("protocol", "unreadable", str(error))], []
    if mistakes := [m for check in _SHAPE for m in check(protocol)]:
        # What follows needs every name to stand for something.
        return mistakes, []
    found = [m for check in _CONTENT for m in check(protocol)]
    found += check_wording(canonical(document), protocol)
    once = list(dict.fromkeys(found))
    mistakes = [each for each in once if each.code != NOT_PROVED]
    return mistakes, [each for each in once if each.code == NOT_PROVED]
