"""Red answers: those that make an urgent criterion hold, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from screening.engine.clauses import Test, compile_clause
from screening.engine.evaluation import urgent_criteria
from screening.engine.journey import Journey
from screening.engine.protocol import Criterion, Protocol
from screening.engine.truth import TRUE

# Set by the software once a red answer was changed or closed; it stays for ever.
WITHDRAWN = "withdrawn-urgent"
CALL_ME = "call-me"
SAFE_NOW = "safe-now"


@dataclass(frozen=True, slots=True)
class Red:
    """One answer that makes an urgent criterion of this tier hold."""

    link_id: str
    answer: object
    tier: str
    criterion: str


def red_answers(journey: Journey, newer: Protocol | None = None) -> list[Red]:
    """Return every answer that counts and makes an urgent criterion hold.

    The urgent criteria of a `newer` protocol are applied too, as far as they speak of
    what this journey asks.
    """
    rules = _urgent(journey.protocol)
    if newer is not None:
        rules = rules + _newer(journey.protocol, newer)
    return [
        Red(link_id, journey.answers.get(link_id), criterion.tier, criterion.code)
        for criterion, rule in rules
        if all(any(test(journey.facts) is TRUE for _, test in group) for group in rule)
        for group in rule
        for link_id, test in group
        if test(journey.facts) is TRUE and link_id != WITHDRAWN
    ]


def withdrawn(
    before: list[Red], after: Journey, newer: Protocol | None = None
) -> dict[str, object]:
    """Return the red answers of before that are red no longer, by question."""
    still = {red.link_id for red in red_answers(after, newer)}
    return {red.link_id: red.answer for red in before if red.link_id not in still}


def fresh(before: list[Red], after: list[Red]) -> list[Red]:
    """Return the red answers that are new, or not what they were."""
    known: Mapping[tuple[str, str], object] = {
        (red.criterion, red.link_id): red.answer for red in before
    }
    missing = object()
    return [
        red
        for red in after
        if known.get((red.criterion, red.link_id), missing) != red.answer
    ]


@lru_cache(maxsize=16)
def _newer(older: Protocol, newer: Protocol) -> list[tuple[Criterion, _Rule]]:
    known = {(criterion.rule, criterion.tier) for criterion, _ in _urgent(older)}
    asked = older.item.keys() | older.score.keys()
    return [
        (criterion, rule)
        for criterion, rule in _urgent(newer)
        if (criterion.rule, criterion.tier) not in known
        and all(link_id in asked for group in rule for link_id, _ in group)
    ]


_Rule = list[list[tuple[str, Test]]]


@lru_cache(maxsize=16)
def _urgent(protocol: Protocol) -> list[tuple[Criterion, _Rule]]:
    return [
        (
            criterion,
            [
                [(c.question, compile_clause(c)) for c in group]
                for group in criterion.rule
            ],
        )
        for criterion in urgent_criteria(protocol)
    ]
