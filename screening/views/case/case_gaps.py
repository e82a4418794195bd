"""What could not be judged, by the answers that are missing: a blank is not a "no"."""

from __future__ import annotations

from typing import Any, NamedTuple

from screening.engine import words
from screening.engine.compiled import compiled
from screening.engine.evaluation import Finding, Result
from screening.engine.explanation import explain
from screening.engine.facts import is_absent
from screening.engine.medicines import State
from screening.engine.protocol import Item
from screening.engine.scores import leaves
from screening.engine.truth import UNKNOWN
from screening.views.case.case_findings import LEVELS, Words, reading_of, safety


class Gap(NamedTuple):
    """A question without a usable answer: what was said to it, and what is wrong."""

    question: str
    said: str
    why: str = ""


def not_judged(result: Result) -> list[Words]:
    """Return the safety findings that are unknown, by the answers they wait for."""
    causes: dict[tuple[str, tuple[Gap, ...]], list[str]] = {}
    for found in safety(result, UNKNOWN):
        level, waits_for = LEVELS[found.criterion.kind], _waits_for(result, found)
        causes.setdefault((level, waits_for), []).append(found.criterion.statement)
    return [
        {"level": level, "because": because, "statements": statements}
        for (level, because), statements in causes.items()
    ]


def _waits_for(result: Result, finding: Finding) -> tuple[Gap, ...]:
    """Return the questions, and what was said, that keep a finding unknown."""
    unknown = [
        evidence.question
        for group in explain(result, finding).groups
        for evidence in group
        if evidence.word == "unknown"
    ]
    protocol = result.journey.protocol
    names = dict.fromkeys(leaf for each in unknown for leaf in leaves(each, protocol))
    return tuple(gap for name in names if (gap := _gap(result, name)))


def _gap(result: Result, link_id: str) -> Gap | None:
    """Return why an answer settles nothing: not given, declined, or not recognised."""
    journey = result.journey
    fact, item = journey.facts[link_id], journey.protocol.item[link_id]
    if fact is None:
        return Gap(item.text, "", "Not answered")
    if is_absent(fact):
        said = words.said(item, journey.answers.get(link_id))
        return Gap(item.text, "; ".join(said))
    return _gap_in_rows(result, item) if item.type == "group" else None


def _gap_in_rows(result: Result, item: Item) -> Gap:
    rows: Any = result.journey.answers.get(item.link_id) or []
    readings = [reading_of(result, item, row) for row in rows]
    unread = [each.typed for each in readings if each.state is not State.KNOWN]
    if unread:
        return Gap(item.text, ", ".join(unread), "not recognised")
    complete = compiled(result.journey.protocol).declared_complete.get(item.link_id)
    if complete and result.journey.facts[complete] is not True:
        return Gap(item.text, "", "Not said to be complete")
    unsure = [row for row in rows if any(isinstance(v, dict) for v in row.values())]
    why = "part of it is not known" if unsure else "part of a row is missing"
    return Gap(item.text, "; ".join(words.said(item, unsure)), why)
