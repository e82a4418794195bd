"""All criteria at once: an answer settles, in one look, every clause that asks of it.

Each clause is one bit of a whole number. What an answer makes of the clauses about its
question is worked out once, by the closures of `clauses.py`, and kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from screening.engine.clauses import Test, compile_clause
from screening.engine.facts import NOT_ASKED, Fact, Facts, State
from screening.engine.protocol import Clause, Group, Protocol
from screening.engine.truth import FALSE, TRUE, UNKNOWN, Truth

# How many answers to a question are kept; what people write in words never is.
KEPT = 256
WRITTEN = ("text", "lookup", "date", "group")


class Marks(NamedTuple):
    """Which clauses hold, which may still hold, and which ask something at all."""

    true: int
    unknown: int
    asked: int


class Sheet:
    """The rules of a protocol's criteria, over clauses that are bits."""

    def __init__(self, protocol: Protocol) -> None:
        rules = {criterion.code: criterion.rule for criterion in protocol.criteria}
        clauses = [one for rule in rules.values() for group in rule for one in group]
        bits = {one: 1 << place for place, one in enumerate(dict.fromkeys(clauses))}
        self._looks = _looks(protocol, bits)
        self._groups = [
            (code, tuple(_bits(bits, group) for group in rule))
            for code, rule in rules.items()
        ]
        self._clauses = [
            (code, _bits(bits, sum(rule, start=()))) for code, rule in rules.items()
        ]

    def mark(self, facts: Facts) -> Marks:
        true = unknown = asked = 0
        for question, look in self._looks:
            holds, may_hold, asks = look(facts[question])
            true |= holds
            unknown |= may_hold
            asked |= asks
        return Marks(true, unknown, asked)

    def truths(self, marks: Marks) -> dict[str, Truth]:
        """Judge each criterion: all of its groups, a group when any clause holds."""
        true, unknown, _ = marks
        truths = {}
        for code, groups in self._groups:
            truth = TRUE
            for group in groups:
                if not true & group:
                    if not unknown & group:
                        truth = FALSE
                        break
                    truth = UNKNOWN
            truths[code] = truth
        return truths

    def asked(self, marks: Marks) -> set[str]:
        """Return the criteria of which at least one question is not closed."""
        return {code for code, clauses in self._clauses if marks.asked & clauses}


# A plain tuple is read faster than one with names.
_Look = Callable[[Fact | State | None], tuple[int, int, int]]


def _looks(protocol: Protocol, bits: dict[Clause, int]) -> list[tuple[str, _Look]]:
    tests: dict[str, list[tuple[int, Test]]] = {}
    for clause, bit in bits.items():
        tests.setdefault(clause.question, []).append((bit, compile_clause(clause)))
    written = {i.link_id for i in protocol.item.values() if i.type in WRITTEN}
    keep = lru_cache(maxsize=KEPT)
    return [
        (question, look if question in written else keep(look))
        for question, look in ((q, _look(q, tests[q])) for q in tests)
    ]


def _look(question: str, tests: list[tuple[int, Test]]) -> _Look:
    def look(fact: Fact | State | None) -> tuple[int, int, int]:
        truths = [(bit, test({question: fact})) for bit, test in tests]
        true = sum(bit for bit, truth in truths if truth is TRUE)
        unknown = sum(bit for bit, truth in truths if truth is UNKNOWN)
        asked = 0 if fact is NOT_ASKED else sum(bit for bit, _ in truths)
        return true, unknown, asked

    return look


def _bits(bits: dict[Clause, int], group: Group) -> int:
    return sum(bits[clause] for clause in set(group))
