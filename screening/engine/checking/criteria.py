"""Criteria that decide nothing, repeat, contradict, or leave a page unasked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from screening.engine.checking.mistake import Mistake
from screening.engine.protocol import Criterion, Kind, Protocol, Rule
from screening.engine.proving import Claim, clash, prove, with_gates

_SAYS = {
    Claim.NEVER: "no answers can ever meet it",
    Claim.ALWAYS: "every finished response meets it",
}


def check_criteria(protocol: Protocol) -> Iterator[Mistake]:
    for criterion in protocol.criteria:
        claim = _reach(protocol, criterion.rule)
        if claim in _SAYS:
            yield Mistake(criterion.code, claim.replace(" ", "-"), _SAYS[claim])
    for place, rule in _rules(protocol):
        yield from _check_clauses(protocol, place, rule)
    for criteria in _circles(protocol):
        yield from _repeats(criteria)
        yield from _contradictions(protocol, criteria)
    for link_id, item in protocol.item.items():
        if item.gate and _reach(protocol, item.gate) is Claim.NEVER:
            yield Mistake(link_id, "never-asked", "no answers can ever open it")


def _reach(protocol: Protocol, rule: Rule) -> Claim:
    """Prove a rule; then again with the gates of the questions it cannot do without."""
    claim = prove(protocol, rule)
    if claim is not Claim.SOMETIMES or (wider := with_gates(protocol, rule)) == rule:
        return claim
    return Claim.NEVER if prove(protocol, wider) is Claim.NEVER else claim


def _rules(protocol: Protocol) -> Iterator[tuple[str, Rule]]:
    yield from ((criterion.code, criterion.rule) for criterion in protocol.criteria)
    yield from ((link_id, item.gate) for link_id, item in protocol.item.items())
    for score in protocol.score_list:
        yield from ((score.code, part.rule) for part in score.parts)


def _check_clauses(protocol: Protocol, place: str, rule: Rule) -> Iterator[Mistake]:
    """A clause that never holds, or always does, hides among others of its group."""
    for clause in {clause for group in rule if len(group) > 1 for clause in group}:
        claim = prove(protocol, ((clause,),))
        if claim in _SAYS:
            words = f"{clause.question} {clause.operator} {clause.answer}"
            message = f"“{words}” is {claim} by any answer"
            yield Mistake(place, claim.replace(" ", "-"), message)


def not_proved(protocol: Protocol) -> list[str]:
    """Return the criteria with too many states to try: neither cleared nor accused."""
    return [
        criterion.code
        for criterion in protocol.criteria
        if prove(protocol, criterion.rule) is Claim.NOT_PROVED
    ]


def _circles(protocol: Protocol) -> list[tuple[Criterion, ...]]:
    """The same rule may stand in several indications: each is looked at on its own."""
    return [*(i.criteria for i in protocol.indications), protocol.safety]


def _repeats(criteria: Iterable[Criterion]) -> Iterator[Mistake]:
    seen: dict[tuple[Kind, frozenset[frozenset[object]]], str] = {}
    for criterion in criteria:
        key = criterion.kind, _unordered(criterion.rule)
        if key in seen:
            yield Mistake(criterion.code, "repeats", f"it repeats {seen[key]}")
        seen.setdefault(key, criterion.code)


def _unordered(rule: Rule) -> frozenset[frozenset[object]]:
    return frozenset(frozenset(group) for group in rule)


def _contradictions(
    protocol: Protocol, criteria: tuple[Criterion, ...]
) -> Iterator[Mistake]:
    included = [c for c in criteria if c.kind is Kind.INCLUSION]
    for first, second in combinations(included, 2):
        both = (*first.rule, *second.rule)
        if _share(first, second) and prove(protocol, both) is Claim.NEVER:
            message = f"it can never hold together with {second.code}"
            yield Mistake(first.code, "contradicts", message)
    for first in included:
        for second in (c for c in criteria if c.kind is Kind.EXCLUSION):
            if _share(first, second) and clash(protocol, first.rule, second.rule):
                message = f"{second.code} excludes everyone who meets it"
                yield Mistake(first.code, "contradicts", message)


def _share(first: Criterion, second: Criterion) -> bool:
    """Rules about different questions hold or fail without each other."""
    one, other = (
        {clause.question for group in criterion.rule for clause in group}
        for criterion in (first, second)
    )
    return bool(one & other)
