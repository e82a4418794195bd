"""Sources, licences, locked wording, safety wiring: what a clinic must answer for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from screening.engine.checking.mistake import Mistake
from screening.engine.document import fingerprint
from screening.engine.protocol import Criterion, Kind, Protocol
from screening.engine.scores import leaves

# Instruments whose words may stand in a paid clinic's own software.
LICENCES = ("public-domain", "free-to-use", "own-wording")

# Stable for ever. Where one of these is asked, an urgent criterion must read it.
SUICIDE_ITEMS = ("phq9-9", "asq-1", "asq-2", "asq-3", "asq-4", "asq-5", "safe-now")

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
COUNTED = {"antidepressant", "sri", "mood-stabiliser", "antipsychotic"}


def check_content(document: dict[str, Any], protocol: Protocol) -> Iterator[Mistake]:
    yield from _check_sources(protocol)
    for table in document.get("instruments", []):
        yield from _check_instrument(table)
    yield from _check_places(document)
    yield from _check_urgent(protocol)
    yield from _check_required(protocol)
    yield from _check_medicines(protocol)


def _check_sources(protocol: Protocol) -> Iterator[Mistake]:
    for criterion in protocol.criteria:
        if not criterion.sources:
            yield Mistake(criterion.code, "source", "it names no source")
        if _has_number(criterion) and not criterion.default:
            message = "it holds a number; `default` must say whose number it is"
            yield Mistake(criterion.code, "source", message)
    cited = {
        **{criterion.code: criterion.sources for criterion in protocol.criteria},
        **{item.link_id: item.sources for item in protocol.item.values()},
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


def _check_instrument(table: dict[str, Any]) -> Iterator[Mistake]:
    code = table["code"]
    if table["licence"] not in LICENCES:
        message = f"the licence “{table['licence']}” does not let its words stand here"
        yield Mistake(code, "licence", message)
    if fingerprint(table) != table["sha256"]:
        message = "its words, order or scores are not those that were validated"
        yield Mistake(code, "modified", message)


def _check_places(document: dict[str, Any]) -> Iterator[Mistake]:
    for section in document["sections"]:
        for page in section["page"]:
            for item in page["item"]:
                changed = sorted(set(item) - PLACED)
                if item.get("instrument") and changed:
                    message = f"{changed[0]} belongs to the instrument and is locked"
                    yield Mistake(item["link_id"], "modified", message)


def _check_urgent(protocol: Protocol) -> Iterator[Mistake]:
    urgent = [c for c in protocol.criteria if c.kind is Kind.URGENT]
    for criterion in urgent:
        if criterion.tier not in ("a", "b", "c"):
            yield Mistake(criterion.code, "tier", "an urgent criterion needs a tier")
    wired = {c.question for u in urgent for group in u.rule for c in group}
    for link_id in SUICIDE_ITEMS:
        if link_id in protocol.item and link_id not in wired:
            message = "it asks about suicide and no urgent criterion reads it"
            yield Mistake(link_id, "unwired", message)


def _check_required(protocol: Protocol) -> Iterator[Mistake]:
    """An open stop or suicide question must be answered or declined before sending."""
    for criterion in protocol.safety:
        if criterion.kind in (Kind.STOP, Kind.URGENT):
            names = (c.question for group in criterion.rule for c in group)
            for link_id in (leaf for name in names for leaf in leaves(name, protocol)):
                item = protocol.item[link_id]
                if not item.required and not item.hidden:
                    message = f"{criterion.code} reads it, so it must be required"
                    yield Mistake(link_id, "not-required", message)


def _check_medicines(protocol: Protocol) -> Iterator[Mistake]:
    names: set[str] = set()
    for medicine in protocol.medicine_list:
        if set(medicine.classes) & COUNTED and medicine.minimum_mg is None:
            message = "its class counts as a trial, so it needs a minimum dose"
            yield Mistake(medicine.name, "minimum-dose", message)
        for name in (medicine.name, *medicine.brands):
            if name.casefold() in names:
                yield Mistake(medicine.name, "twice", f"the name {name} is there twice")
            names.add(name.casefold())
