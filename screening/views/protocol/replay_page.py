"""Who would flip, in which direction, beside what the doctor decided."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from screening import vault
from screening.engine.protocol import Protocol as Rules
from screening.models import Protocol, ReplayFlip, ReplayRun
from screening.views.protocol import draft_page

Words = dict[str, Any]

SAYS = {
    "true": "met",
    "false": "not met",
    "unknown": "unknown",
    "": "not there",
    "not-decided": "not decided yet",
}
LISTED = 100


def context(draft: Protocol) -> Words:
    found = draft_page.latest(draft)
    head: Words = {"here": "protocol", "draft": draft, "progress": None}
    if found is None:
        return head
    named = titles(draft.engine)
    return head | {
        "progress": draft_page.run(found),
        "tables": tables(found, named),
        "people": [_person(flip, named) for flip in _flips(found)],
        "listed": LISTED,
    }


def tables(run: ReplayRun, named: Words) -> list[Words]:
    """Return how many flip, and which way; nobody is named here."""
    return [
        _table(run, "indication", "Indications", named),
        _table(run, "criterion", "Criteria", named),
        _table(run, "outcome", "Outcomes", named),
        _table(run, "priority", "Priorities", named),
    ]


def titles(rules: Rules) -> dict[str, str]:
    """Name everything that can flip; a criterion by the indication it belongs to."""
    named = {each.code: each.statement for each in rules.safety}
    for indication in rules.indications:
        named[indication.code] = indication.title
        for each in indication.criteria:
            named[each.code] = f"{indication.title} - {each.statement}"
    return named


def _table(run: ReplayRun, kind: str, title: str, named: dict[str, str]) -> Words:
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
                "name": named.get(code, code.replace("-", " ")),
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


def _person(flip: ReplayFlip, named: dict[str, str]) -> Words:
    try:
        found = flip.flips
    except vault.Unreadable:
        found = []
    lines = [
        f"{named.get(code, kind)}: {says(before)} becomes {says(after)}"
        for kind, code, before, after in found
    ]
    review = flip.response.reviews.order_by("signed_at").last()
    return {
        "reference": flip.response.reference,
        "key": flip.response_id,
        "lines": lines,
        "decided": says(review.decision if review else "not-decided"),
    }
