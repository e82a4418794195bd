"""Sources, licences, locked wording, medicines: what a clinic must answer for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from screening.engine.checking.mistake import Mistake
from screening.engine.document import fingerprint
from screening.engine.medicines import normal
from screening.engine.protocol import Criterion, Instrument, Protocol, Score

# Instruments whose words may stand in a paid clinic's own software.
LICENCES = ("public-domain", "free-to-use", "own-wording")

# What a section may say of an instrument's item; its words and options are locked.
PLACED = {
    "link_id",
    "instrument",
    "required",
    "can_decline",
    "can_be_unknown",
    "unknown_is_exclusive",
    "enable_when",
    "sources",
    "note",
}
# A number by itself: not the 9 of PHQ-9.
_NUMBER = re.compile(r"(?<![\w.-])\d+(?:\.\d+)?")
SOURCES = ("document", "safety", "publication", "clinic-default")


def check_sources(protocol: Protocol) -> Iterator[Mistake]:
    for criterion in protocol.criteria:
        if not criterion.sources:
            yield Mistake(criterion.code, "source", "it names no source")
        if _has_number(criterion) and not criterion.default:
            message = "it compares with a number: say whose number it is (default)"
            yield Mistake(criterion.code, "source", message)
        elif unnamed := _unnamed(_thresholds(criterion), criterion.default):
            message = f"it compares with {unnamed}: say whose number that is (default)"
            yield Mistake(criterion.code, "source", message)
        yield from _check_statement(criterion)
    for score in protocol.score_list:
        if _sets_number(score) and not (score.default and score.sources):
            message = "it holds numbers: say whose they are (sources and default)"
            yield Mistake(score.code, "source", message)
        elif unnamed := _unnamed(_lines(score), score.default):
            message = f"it draws a line at {unnamed}: say whose number it is (default)"
            yield Mistake(score.code, "source", message)
    yield from _check_cited(protocol)
    for source in protocol.source_list:
        if source.kind not in SOURCES:
            yield Mistake(source.code, "source", f"unknown kind: {source.kind}")
        if source.kind == "document" and not source.quote.strip():
            message = "the clinic's own document is quoted word for word"
            yield Mistake(source.code, "source", message)


def check_shelf_life(protocol: Protocol) -> Iterator[Mistake]:
    for criterion in protocol.criteria:
        if criterion.review_by and not _is_day(criterion.review_by):
            message = "review_by is a day such as 2027-01-31"
            yield Mistake(criterion.code, "date", message)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _check_cited(protocol: Protocol) -> Iterator[Mistake]:
    cited = {
        **{criterion.code: criterion.sources for criterion in protocol.criteria},
        **{item.link_id: item.sources for item in protocol.item.values()},
        **{f.link_id: f.sources for i in protocol.item.values() for f in i.fields},
        **{score.code: score.sources for score in protocol.score_list},
    }
    for name, codes in cited.items():
        for code in codes:
            if code not in protocol.source:
                yield Mistake(name, "source", f"no source is called {code}")


def _has_number(criterion: Criterion) -> bool:
    return any(
        isinstance(clause.answer, int | float) and not isinstance(clause.answer, bool)
        for group in criterion.rule
        for clause in group
    )


def _thresholds(criterion: Criterion) -> list[float]:
    return [
        clause.answer
        for group in criterion.rule
        for clause in group
        if clause.operator not in ("=", "!=") and isinstance(clause.answer, int | float)
    ]


def _check_statement(criterion: Criterion) -> Iterator[Mistake]:
    """A clinician believes the statement: its numbers cannot all be others."""
    said = _NUMBER.findall(criterion.statement)
    compared = [f"{number:g}" for number in _thresholds(criterion)]
    if said and compared and not set(said) & set(compared):
        message = f"its statement says {said[0]}, and it compares with {compared[0]}"
        yield Mistake(criterion.code, "words", message)


def _unnamed(numbers: Iterable[float], default: str) -> str:
    """Return a number that the default leaves out; nothing at all is nobody's."""
    named = {"0", *_NUMBER.findall(default)}
    return next((said for n in numbers if (said := f"{n:g}") not in named), "")


def _sets_number(score: Score) -> bool:
    """Tell whether a score draws a line of its own: weeks, a table, a ceiling."""
    return bool(score.table or _lines(score))


def _lines(score: Score) -> list[float]:
    ceilings = [part.at_most for part in score.parts if part.at_most is not None]
    return [score.weeks, *ceilings] if score.weeks else ceilings


def check_wording(document: dict[str, Any], protocol: Protocol) -> Iterator[Mistake]:
    for table in document.get("instruments", []):
        yield from _check_instrument(table)
    for section in document["sections"]:
        for page in section["page"]:
            for item in page["item"]:
                changed = sorted(set(item) - PLACED)
                if item.get("instrument") and changed:
                    message = f"{changed[0]} belongs to the instrument and is locked"
                    yield Mistake(item["link_id"], "modified", message)
    for instrument in protocol.instruments:
        yield from _check_order(protocol, instrument)


def _check_instrument(table: dict[str, Any]) -> Iterator[Mistake]:
    code = table["code"]
    if table["licence"] not in LICENCES:
        message = f"the licence “{table['licence']}” does not let its words stand here"
        yield Mistake(code, "licence", message)
    if fingerprint(table) != table["sha256"] and not table.get("modified"):
        message = "its words, order or scores are not those that were validated"
        yield Mistake(code, "modified", message)


def _check_order(protocol: Protocol, instrument: Instrument) -> Iterator[Mistake]:
    """Its items are asked in the order in which they were validated."""
    validated = [item.link_id for item in instrument.items]
    items = protocol.item.values()
    asked = [item.link_id for item in items if item.instrument == instrument.code]
    for before, after in pairwise(asked):
        if validated.index(after) < validated.index(before):
            message = f"the instrument asks it before {before}"
            yield Mistake(after, "modified", message)


def check_medicines(protocol: Protocol) -> Iterator[Mistake]:
    counted = {
        each
        for score in protocol.score_list
        if score.kind == "adequate-trials"
        for each in score.classes
    }
    names: dict[str, str] = {}
    for medicine in protocol.medicine_list:
        if set(medicine.classes) & counted and medicine.minimum_mg is None:
            message = "its class counts as a trial, so it needs a minimum dose"
            yield Mistake(medicine.name, "minimum-dose", message)
        for name in (medicine.name, *medicine.brands):
            if not normal(name):
                yield Mistake(medicine.name, "words", f"{name!r} is no name")
            elif names.setdefault(normal(name), medicine.name) != medicine.name:
                yield Mistake(medicine.name, "twice", f"the name {name} is there twice")
    for name, times in Counter(m.name for m in protocol.medicine_list).items():
        if times > 1:
            yield Mistake(name, "twice", f"the medicine {name} is there {times} times")
