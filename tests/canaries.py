"""Words that stand nowhere else: where one is found, somebody's words are."""

from __future__ import annotations

from typing import Any

from screening.engine.protocol import Item, Protocol
from tests import patients

CANARY = "canary7f3a"
DIGITS = "5557301946"
WRITTEN = ("text", "lookup")


def silent(held: str) -> bool:
    return CANARY not in held and DIGITS not in held


def answers_with_canaries(protocol: Protocol, slug: str) -> dict[str, Any]:
    """Write a canary into every box that a patient may write into."""
    answers = patients.answers_of(slug)
    items = [item for page in protocol.pages for item in page.items]
    for number, item in enumerate(items):
        if item.type in WRITTEN and not item.hidden:
            answers[item.link_id] = _sung(item, number)
        for row in answers.get(item.link_id) or [] if item.type == "group" else []:
            for place, each in enumerate(item.fields):
                if each.type in WRITTEN:
                    row[each.link_id] = _sung(each, 100 * (place + 1) + number)
    return answers


def _sung(item: Item, number: int) -> str:
    if item.autocomplete == "tel":
        return DIGITS
    address = "@example.org" if item.autocomplete == "email" else ""
    return f"{CANARY}{number:03}{address}"
