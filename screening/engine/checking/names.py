"""Codes that clash or cannot be one, words left out, lists that are empty."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from screening.engine.checking.mistake import Mistake
from screening.engine.facts import ANSWER_TYPES
from screening.engine.protocol import (
    ABSENT,
    NOT_APPLICABLE,
    Indication,
    Item,
    Kind,
    Page,
    Protocol,
)
from screening.engine.urgency import CALL_ME, WITHDRAWN

LISTED = ("choice", "multi-choice")
# The only questions that the software answers by itself.
SET_BY_SOFTWARE = (CALL_ME, WITHDRAWN)
# Codes stand in addresses, in element names and in what other programs read.
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_CODE = 80
TOO_LONG = f"a code has at most {LONGEST_CODE} characters"


def check_names(protocol: Protocol) -> Iterator[Mistake]:
    for what, names in _coded(protocol).items():
        yield from _twice(what, names)
        for name in names:
            if not _CODE.fullmatch(name):
                message = f"a {what} is named by a-z, 0-9 and single hyphens"
                yield Mistake(name, "name", message)
            if len(name) > LONGEST_CODE:
                yield Mistake(name, "name", TOO_LONG)
    yield from _twice("page title", [page.title for page in protocol.pages])
    yield from _twice("source", [source.code for source in protocol.source_list])
    yield from _check_asked(protocol)
    for page in protocol.pages:
        yield from _check_page(page)
    for indication in protocol.indications:
        yield from _check_indication(indication)
    for criterion in protocol.criteria:
        if not criterion.statement.strip():
            yield Mistake(criterion.code, "words", "the criterion says nothing")


def _coded(protocol: Protocol) -> dict[str, list[str]]:
    return {
        "section": [section.code for section in protocol.sections],
        "page": [page.slug for page in protocol.pages],
        "question": list(_questions(protocol)),
        "instrument": [instrument.code for instrument in protocol.instruments],
        "indication": [indication.code for indication in protocol.indications],
        "criterion": [criterion.code for criterion in protocol.criteria],
    }


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


def _check_asked(protocol: Protocol) -> Iterator[Mistake]:
    if not protocol.sections:
        yield Mistake("protocol", "never-asked", "it asks nothing")
    for section in protocol.sections:
        if not section.pages:
            yield Mistake(section.code, "never-asked", "the section has no page")


def _check_page(page: Page) -> Iterator[Mistake]:
    if not page.title.strip():
        yield Mistake(page.slug, "words", "the page has no title")
    if not page.items:
        yield Mistake(page.slug, "never-asked", "the page asks nothing")
    for item in page.items:
        yield from _check_item(item)
        if item.hidden and item.link_id not in SET_BY_SOFTWARE:
            message = "it is hidden, and the software never answers it"
            yield Mistake(item.link_id, "never-asked", message)


def _check_item(item: Item) -> Iterator[Mistake]:
    if item.type not in ANSWER_TYPES:
        yield Mistake(item.link_id, "type", f"unknown type: {item.type}")
    if item.type in LISTED and not item.options:
        yield Mistake(item.link_id, "type", "a choice needs options")
    if not item.text.strip():
        yield Mistake(item.link_id, "words", "the question has no words")
    codes = Counter(option.code for option in item.options)
    for code in (code for code, times in codes.items() if times > 1):
        yield Mistake(item.link_id, "twice", f"the option {code} is there twice")
    for option in item.options:
        if option.code in ABSENT | {NOT_APPLICABLE} or not _CODE.fullmatch(option.code):
            message = f"{option.code!r} cannot be the code of an option"
            yield Mistake(item.link_id, "name", message)
        if len(option.code) > LONGEST_CODE:
            yield Mistake(item.link_id, "name", TOO_LONG)
        if not option.text.strip():
            message = f"the option {option.code} has no words"
            yield Mistake(item.link_id, "words", message)
    for field in item.fields:
        yield from _check_item(field)


def _check_indication(indication: Indication) -> Iterator[Mistake]:
    if not any(c.kind is Kind.INCLUSION for c in indication.criteria):
        message = "an indication needs at least one inclusion criterion"
        yield Mistake(indication.code, "nothing-is-enough", message)
