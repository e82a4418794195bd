"""The static check of a protocol: every mistake, in plain words and by place."""

from __future__ import annotations

from typing import Any

from screening.engine.checking.clauses import check_clauses
from screening.engine.checking.content import check_content
from screening.engine.checking.criteria import check_criteria, not_proved
from screening.engine.checking.mistake import Mistake
from screening.engine.checking.names import check_names
from screening.engine.document import ProtocolError, build, canonical

__all__ = ["Mistake", "check", "check_with_notes"]


def check(document: dict[str, Any]) -> list[Mistake]:
    """Return every mistake that keeps a protocol from being published; [] when none."""
    return check_with_notes(document)[0]


def check_with_notes(document: dict[str, Any]) -> tuple[list[Mistake], list[str]]:
    """Return the mistakes, and the criteria whose reach could not be proved."""
    try:
        protocol = build(document)
    except ProtocolError as error:
        return [Mistake("protocol", "unreadable", str(error))], []
    mistakes = [*check_names(protocol), *check_clauses(protocol)]
    if mistakes:
        # A proof needs every name to stand for something.
        return mistakes, []
    mistakes += [*check_content(canonical(document), protocol)]
    mistakes += [*check_criteria(protocol)]
    return mistakes, not_proved(protocol)
