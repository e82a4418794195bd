"""Codes that clash, lists that are empty, types that no one knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from screening.engine.checking.mistake import Mistake
from screening.engine.facts import ANSWER_TYPES
from screening.engine.protocol import Item, Kind, Protocol
from screening.engine.scores import KINDS

LISTED = ("choice", "multi-choice")


def check_names(protocol: Protocol) -> Iterator[Mistake]:
    yield from _twice("page", [page.slug for page in protocol.pages])
    yield from _twice("page title", [page.title for page in protocol.pages])
    yield from _twice("question", list(_questions(protocol)))
    yield from _twice("criterion", [c.code for c in protocol.criteria])
    yield from _twice("source", [s.code for s in protocol.source_list])
    for page in protocol.pages:
        for item in page.items:
            yield from _check_item(item)
    for indication in protocol.indications:
        if not any(c.kind is Kind.INCLUSION for c in indication.criteria):
            message = "an indication needs at least one inclusion criterion"
            yield Mistake(indication.code, "nothing-is-enough", message)
    for score in protocol.score_list:
        if score.kind not in KINDS:
            yield Mistake(score.code, "type", f"unknown kind of score: {score.kind}")


def _questions(protocol: Protocol) -> Iterator[str]:
    for page in protocol.pages:
        for item in page.items:
            yield item.link_id
            yield from (field.link_id for field in item.fields)
    yield from (score.code for score in protocol.score_list)


def _twice(what: str, names: Iterable[str]) -> Iterator[Mistake]:
    for name, times in Counter(names).items():
        if times > 1:
            yield Mistake(name, "twice", f"the {what} {name} is there {times} times")


def _check_item(item: Item) -> Iterator[Mistake]:
    if item.type not in ANSWER_TYPES:
        yield Mistake(item.link_id, "type", f"unknown type: {item.type}")
    if item.type in LISTED and not item.options:
        yield Mistake(item.link_id, "type", "a choice needs options")
    if item.type == "group" and not item.fields:
        yield Mistake(item.link_id, "type", "a group needs fields")
    if not item.text:
        yield Mistake(item.link_id, "words", "the question has no words")
    codes = [option.code for option in item.options]
    yield from _twice(f"option of {item.link_id}", codes)
    for field in item.fields:
        yield from _check_item(field)
