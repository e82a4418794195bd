"""Evidence: what each clause of a criterion asks, what was said, and whether it holds.

Derived on reading, for all criteria at once: one answer serves every clause that asks
about it, and is put into words once for all patients who give it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from screening.engine import words
from screening.engine.clauses import compile_clause
from screening.engine.facts import NOT_ASKED, Facts
from screening.engine.protocol import Clause, Protocol
from screening.engine.scores import leaves
from screening.engine.sheet import KEPT
from screening.engine.truth import FALSE, TRUE, UNKNOWN, Truth

WORDS: Mapping[Truth, str] = {TRUE: "met", FALSE: "not-met", UNKNOWN: "unknown"}
# Types of which the fact says as much as the answer that it was read from.
CODED = ("boolean", "choice", "integer", "decimal")

Answers = Mapping[str, object]


class Evidence(NamedTuple):
    """One clause: what it asks, what was said, and whether it holds."""

    question: str
    asks: str
    rule: str
    said: tuple[str, ...]
    word: str
    because_of: tuple[str, ...]


def unfold(
    protocol: Protocol, facts: Facts, answers: Answers
) -> dict[str, tuple[Evidence, ...]]:
    """Return the evidence of every criterion, in the order of its clauses."""
    return _unfolding(protocol).unfold(facts, answers)


_Tell = Callable[[object, object], tuple[Evidence, ...]]
_Pick = Callable[[list[Evidence]], tuple[Evidence, ...]]


class _Unfolding:
    """How one protocol's criteria unfold: the coded answers first, then the others."""

    def __init__(self, protocol: Protocol) -> None:
        asked = _by_question(protocol)
        tellers = {name: _teller(protocol, name, asked[name]) for name in asked}
        coded = [name for name in asked if _is_coded(protocol, name)]
        written = [name for name in asked if name not in coded]
        self._coded = [(name, _kept(tellers[name])) for name in coded]
        self._written = [
            (name, name.removesuffix(".class"), tellers[name]) for name in written
        ]
        clauses = [clause for name in coded + written for clause in asked[name]]
        place = {clause: number for number, clause in enumerate(clauses)}
        self._picks = [
            (c.code, _pick([place[clause] for clause in sum(c.rule, start=())]))
            for c in protocol.criteria
        ]

    def unfold(self, facts: Facts, answers: Answers) -> dict[str, tuple[Evidence, ...]]:
        every: list[Evidence] = []
        for question, tell_once in self._coded:
            every += tell_once(facts[question])
        for question, link_id, tell in self._written:
            every += tell(facts[question], answers.get(link_id))
        return {code: pick(every) for code, pick in self._picks}


@lru_cache(maxsize=16)
def _unfolding(protocol: Protocol) -> _Unfolding:
    return _Unfolding(protocol)


def _by_question(protocol: Protocol) -> dict[str, list[Clause]]:
    """Return each question that criteria ask about, with every clause about it."""
    found: dict[str, dict[Clause, None]] = {}
    for criterion in protocol.criteria:
        for clause in sum(criterion.rule, start=()):
            found.setdefault(clause.question, {})[clause] = None
    return {question: list(clauses) for question, clauses in found.items()}


def _is_coded(protocol: Protocol, question: str) -> bool:
    item = protocol.item.get(question)
    return item.type in CODED if item else question in protocol.score


def _teller(protocol: Protocol, question: str, clauses: list[Clause]) -> _Tell:
    item = protocol.item.get(question.removesuffix(".class"))
    unsaid = [_unsaid(protocol, clause) for clause in clauses]
    tests = [compile_clause(clause) for clause in clauses]

    def tell(fact: object, answer: object) -> tuple[Evidence, ...]:
        if question in protocol.score:
            said = [words.measure(fact)]  # type: ignore[arg-type]
        else:
            said = words.said(item, answer) if item else []
        truths = [test({question: fact}) for test in tests]  # type: ignore[dict-item]
        return tuple(
            evidence._replace(said=tuple(said), word=_word(fact, truth))
            for evidence, truth in zip(unsaid, truths, strict=True)
        )

    return tell


def _kept(tell: _Tell) -> Callable[[object], tuple[Evidence, ...]]:
    def tell_once(fact: object) -> tuple[Evidence, ...]:
        return tell(fact, None if fact is NOT_ASKED else fact)

    return lru_cache(maxsize=KEPT)(tell_once)


def _unsaid(protocol: Protocol, clause: Clause) -> Evidence:
    return Evidence(
        question=clause.question,
        asks=words.question(protocol, clause.question),
        rule=words.clause(protocol, clause),
        said=(),
        word="",
        because_of=leaves(clause.question, protocol),
    )


def _word(fact: object, truth: Truth) -> str:
    return "not-asked" if fact is NOT_ASKED and truth is FALSE else WORDS[truth]


def _pick(places: list[int]) -> _Pick:
    if len(places) == 1:
        return lambda every: (every[places[0]],)
    return itemgetter(*places)
