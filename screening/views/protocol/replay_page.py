"""Who would flip, in which direction, beside what the doctor decided."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from screening import vault
from screening.engine.protocol import Item
from screening.engine.protocol import Protocol as Rules
from screening.models import Protocol, ProtocolStatus, ReplayFlip, ReplayRun
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
        "reworded": _reworded(draft),
    }


def _reworded(draft: Protocol) -> list[str]:
    """Name the questions that are asked now in other words than the draft has."""
    asked = Protocol.objects.filter(status=ProtocolStatus.ACTIVE).first()
    was = asked.engine.item if asked else {}
    return [
        item.text
        for link_id, item in draft.engine.item.items()
        if link_id in was and _wording(was[link_id]) != _wording(item)
    ]


def _wording(item: Item) -> list[str]:
    answers = [option.text for option in item.options]
    fields = [words for field in item.fields for words in _wording(field)]
    return [item.text, item.help, *answers, *fields]


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
