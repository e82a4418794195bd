"""Who would flip, in which direction, beside what the doctor decided."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from screening import vault
from screening.models import Protocol, ReplayFlip, ReplayRun
from screening.views import draft_page

Words = dict[str, Any]

SAYS = {
    "true": "met",
    "false": "not met",
    "unknown": "unknown",
    "": "not there",
    "not-decided": "not decided yet",
}
# Seconds between two looks while it runs.
LOOK = 3
LISTED = 100


def context(draft: Protocol) -> Words:
    found = draft_page.latest(draft)
    head: Words = {"here": "protocol", "draft": draft, "progress": None, "look": LOOK}
    if found is None:
        return head
    titles = _titles(draft)
    return head | {
        "progress": draft_page.run(found),
        "tables": [
            _table(found, "indication", "Indications", titles),
            _table(found, "criterion", "Criteria", titles),
            _table(found, "outcome", "Outcomes", titles),
            _table(found, "priority", "Priorities", titles),
        ],
        "people": [_person(flip, titles) for flip in _flips(found)],
        "listed": LISTED,
    }


def _titles(draft: Protocol) -> dict[str, str]:
    rules = draft.engine
    named = {c.code: c.statement for c in rules.criteria}
    return named | {each.code: each.title for each in rules.indications}


def _table(run: ReplayRun, kind: str, title: str, titles: dict[str, str]) -> Words:
    """Gather how many flip each way; beside an indication, what was decided."""
    decided: dict[str, list[str]] = defaultdict(list)
    for key, number in run.counts.items():
        if key.startswith(f"decided|{kind}|"):
            _, _, code, before, after, decision = key.split("|")
            said = f"{number} {says(decision)}"
            decided["|".join((code, before, after))].append(said)
    rows = [
        (*key.split("|")[1:], number)
        for key, number in sorted(run.counts.items())
        if key.startswith(f"{kind}|")
    ]
    return {
        "title": title,
        "rows": [
            {
                "name": titles.get(code, code.replace("-", " ")),
                "before": says(before),
                "after": says(after),
                "number": number,
                "decided": decided["|".join((code, before, after))],
            }
            for code, before, after, number in rows
        ],
    }


def says(word: str) -> str:
    return SAYS.get(word, word.replace("-", " "))


def _flips(run: ReplayRun) -> list[ReplayFlip]:
    rows = run.flips.select_related("response").order_by("response__reference")
    return list(rows[:LISTED])


def _person(flip: ReplayFlip, titles: dict[str, str]) -> Words:
    try:
        found = flip.flips
    except vault.Unreadable:
        found = []
    lines = [
        f"{titles.get(code, kind)}: {says(before)} becomes {says(after)}"
        for kind, code, before, after in found
    ]
    review = flip.response.reviews.order_by("signed_at").last()
    return {
        "reference": flip.response.reference,
        "key": flip.response_id,
        "lines": lines,
        "decided": says(review.decision if review else "not-decided"),
    }
