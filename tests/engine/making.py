"""Protocols of a few questions, made for one test each."""

from __future__ import annotations

from datetime import date
from typing import Any

from screening.engine.evaluation import Result, evaluate
from screening.engine.journey import Journey
from screening.engine.protocol import (
    Clause,
    Criterion,
    Indication,
    Item,
    Kind,
    Medicine,
    Option,
    Page,
    Part,
    Protocol,
    Rule,
    Score,
    Section,
)

AS_OF = date(2026, 11, 23)
UNKNOWN_ANSWER = {"absent": "asked-unknown"}
DECLINED_ANSWER = {"absent": "asked-declined"}
FREQUENCY = {"never": 0, "sometimes": 1, "often": 2}

MEDICINES = (
    Medicine("sertraline", ("Zoloft",), ("antidepressant", "sri"), 50),
    Medicine("venlafaxine", ("Effexor",), ("antidepressant",), 75),
    Medicine("quetiapine", (), ("antipsychotic",), 150),
    Medicine("imipramine", (), ("antidepressant",)),
    Medicine("diazepam", ("Valium",), ("benzodiazepine",), None, (("ashton", 10),)),
    Medicine("alprazolam", ("Xanax",), ("benzodiazepine",), None, (("ashton", 0.5),)),
    Medicine("bromazepam", (), ("benzodiazepine",)),
    Medicine("acetaminophen", ("Tylenol",), ("none-known",)),
    Medicine("acetaminophen with codeine", ("Tylenol 3",), ("opioid",)),
)


def choice(link_id: str, *codes: str, **more: Any) -> Item:
    """A choice of yes and no, or of other codes."""
    options = tuple(Option(code, f"It is {code}") for code in codes or ("yes", "no"))
    return Item(link_id, "choice", f"Is it {link_id}?", options=options, **more)


def scored(link_id: str, **more: Any) -> Item:
    options = tuple(Option(code, code, score) for code, score in FREQUENCY.items())
    return Item(link_id, "choice", f"How often {link_id}?", options=options, **more)


def ticks(link_id: str, *codes: str, **more: Any) -> Item:
    options = tuple(Option(code, f"It is {code}") for code in codes)
    return Item(link_id, "multi-choice", f"Which {link_id}?", options=options, **more)


def asks(link_id: str, type_: str, **more: Any) -> Item:
    return Item(link_id, type_, f"What {link_id}?", **more)


def rule(*groups: Any) -> Rule:
    """Each group is one clause or a list of them; a clause is three values."""
    lists = (group if isinstance(group, list) else [group] for group in groups)
    return tuple(tuple(Clause(*one) for one in group) for group in lists)


def total(code: str, *link_ids: str, kind: str = "sum", **more: Any) -> Score:
    parts = tuple(Part(item=link_id) for link_id in link_ids)
    return Score(code, code.title(), kind, 0, None, parts, **more)


def criterion(code: str, kind: Kind, *groups: Any, **more: Any) -> Criterion:
    return Criterion(code, kind, f"Says {code}", rule(*groups), **more)


def indication(*criteria: Criterion, code: str = "low-mood") -> Indication:
    return Indication(code, code, "mood", criteria)


def protocol(*pages: Item | tuple[Item, ...], **more: Any) -> Protocol:
    """One page for each item or tuple of items, two pages to a section."""
    made = [
        Page(f"page-{n}", f"Page {n}", f"section-{n // 2}", "", _items(page))
        for n, page in enumerate(pages)
    ]
    codes = dict.fromkeys(page.section for page in made)
    sections = tuple(
        Section(code, code, tuple(page for page in made if page.section == code))
        for code in codes
    )
    lists = {"medicines": "medicine_list", "scores": "score_list"}
    named = {lists.get(name, name): tuple(value) for name, value in more.items()}
    return Protocol("urn:test", "1", "Test", sections, **named)


def _items(page: Item | tuple[Item, ...]) -> tuple[Item, ...]:
    return page if isinstance(page, tuple) else (page,)


def walk(made: Protocol, **answers: Any) -> Journey:
    return Journey(made, _named(answers), AS_OF)


def judge(made: Protocol, **answers: Any) -> Result:
    return evaluate(made, _named(answers), AS_OF)


def _named(answers: dict[str, Any]) -> dict[str, Any]:
    return {name.replace("_", "-"): answer for name, answer in answers.items()}
