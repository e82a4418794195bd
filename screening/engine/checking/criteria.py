"""Criteria that decide nothing, repeat, contradict, or leave a page unasked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from itertools import combinations, product

from screening.engine.checking.mistake import Mistake
from screening.engine.protocol import Criterion, Kind, Protocol, Rule
from screening.engine.proving import (
    Claim,
    clash,
    prove,
    whatever_the_number,
    with_gates,
)
from screening.engine.showing import (
    TOO_MANY,
    clause_in_words,
    why_always,
    why_any_number,
    why_clash,
    why_never,
)

# What is neither cleared nor accused: no mistake, but said.
NOT_PROVED = "not-proved"
# A claim, and the rule that it was proved of.
_Reached = tuple[Claim, Rule]
_Reach = Callable[[Rule], _Reached]


def check_criteria(protocol: Protocol) -> Iterator[Mistake]:
    reach: _Reach = cache(partial(_reach, protocol))
    for criterion in protocol.criteria:
        yield from _check_reach(protocol, criterion.code, reach(criterion.rule))
        yield from _check_numbers(protocol, criterion)
    for place, rule in _rules(protocol):
        yield from _check_clauses(protocol, place, rule)
    for criteria in _circles(protocol):
        yield from _repeats(criteria)
        yield from _contradictions(protocol, criteria)
    for link_id, item in protocol.item.items():
        if item.gate:
            yield from _check_gate(protocol, link_id, reach(item.gate))


def _reach(protocol: Protocol, rule: Rule) -> _Reached:
    """Prove a rule; then again with the gates of the questions it cannot do without."""
    claim = prove(protocol, rule)
    if claim is Claim.SOMETIMES and (wider := with_gates(protocol, rule)) != rule:
        with_them = prove(protocol, wider)
        if with_them in (Claim.NEVER, Claim.NOT_PROVED):
            return with_them, wider
    return claim, rule


def _check_reach(
    protocol: Protocol, place: str, reached: _Reached
) -> Iterator[Mistake]:
    claim, rule = reached
    if claim is Claim.NEVER:
        why = why_never(protocol, rule)
        yield Mistake(place, "never-met", "no answers can ever meet it", why)
    elif claim is Claim.ALWAYS:
        why = why_always(protocol, rule)
        yield Mistake(place, "always-met", "every finished response meets it", why)
    elif claim is Claim.NOT_PROVED:
        message = f"whether it can be met and can fail is not proved: {TOO_MANY}"
        yield Mistake(place, NOT_PROVED, message)


def _check_gate(protocol: Protocol, place: str, reached: _Reached) -> Iterator[Mistake]:
    claim, rule = reached
    if claim is Claim.NEVER:
        why = why_never(protocol, rule)
        yield Mistake(place, "never-asked", "no answers can ever open it", why)
    elif claim is Claim.NOT_PROVED:
        message = f"whether it can ever be asked is not proved: {TOO_MANY}"
        yield Mistake(place, NOT_PROVED, message)


def _rules(protocol: Protocol) -> Iterator[tuple[str, Rule]]:
    yield from ((criterion.code, criterion.rule) for criterion in protocol.criteria)
    yield from ((link_id, item.gate) for link_id, item in protocol.item.items())
    for score in protocol.score_list:
        yield from ((score.code, part.rule) for part in score.parts)


def _check_clauses(protocol: Protocol, place: str, rule: Rule) -> Iterator[Mistake]:
    """A clause that never holds, or always does, hides among others of its group."""
    whys = {Claim.NEVER: why_never, Claim.ALWAYS: why_always}
    for clause in {clause for group in rule if len(group) > 1 for clause in group}:
        alone = ((clause,),)
        if (claim := prove(protocol, alone)) in whys:
            part = clause_in_words(protocol, clause)
            message = f"one part of it, {part}, is {claim} by any answer"
            why = whys[claim](protocol, alone)
            yield Mistake(place, claim.replace(" ", "-"), message, why)


def _check_numbers(protocol: Protocol, criterion: Criterion) -> Iterator[Mistake]:
    """A number that every answer reaches says only that the question was asked."""
    for group in criterion.rule:
        for clause in group:
            if not whatever_the_number(protocol, clause):
                continue
            is_apart = len(group) == 1 and len(criterion.rule) > 1
            if is_apart or prove(protocol, ((clause,),)) is not Claim.ALWAYS:
                part = clause_in_words(protocol, clause)
                message = f"one part of it, {part}, is met by every number there can be"
                why = why_any_number(protocol, clause)
                yield Mistake(criterion.code, "always-met", message, why)


def _circles(protocol: Protocol) -> list[tuple[Criterion, ...]]:
    """The same rule may stand in several indications: each is looked at on its own."""
    return [*(i.criteria for i in protocol.indications), protocol.safety]


def _repeats(criteria: Iterable[Criterion]) -> Iterator[Mistake]:
    seen: dict[tuple[Kind, frozenset[frozenset[object]]], str] = {}
    for criterion in criteria:
        key = criterion.kind, _unordered(criterion.rule)
        if key in seen:
            message = f"it says what “{seen[key]}” says already"
            yield Mistake(criterion.code, "repeats", message)
        seen.setdefault(key, criterion.statement)


def _unordered(rule: Rule) -> frozenset[frozenset[object]]:
    return frozenset(frozenset(group) for group in rule)


def _contradictions(
    protocol: Protocol, criteria: tuple[Criterion, ...]
) -> Iterator[Mistake]:
    included = [c for c in criteria if c.kind is Kind.INCLUSION]
    excluded = [c for c in criteria if c.kind is Kind.EXCLUSION]
    for first, second in combinations(included, 2):
        if _share(first, second):
            yield from _together(protocol, first, second)
    for first, second in product(included, excluded):
        if _share(first, second):
            yield from _excluded(protocol, first, second)


def _together(
    protocol: Protocol, first: Criterion, second: Criterion
) -> Iterator[Mistake]:
    both = (*first.rule, *second.rule)
    claim, said = prove(protocol, both), f"together with “{second.statement}”"
    if claim is Claim.NEVER:
        why = why_never(protocol, both)
        yield Mistake(first.code, "contradicts", f"it can never hold {said}", why)
    elif claim is Claim.NOT_PROVED:
        message = f"whether it can hold {said} is not proved: {TOO_MANY}"
        yield Mistake(first.code, NOT_PROVED, message)


def _excluded(
    protocol: Protocol, first: Criterion, second: Criterion
) -> Iterator[Mistake]:
    clashes = clash(protocol, first.rule, second.rule)
    said = f"“{second.statement}” excludes everyone who meets it"
    if clashes is None:
        yield Mistake(
            first.code, NOT_PROVED, f"whether {said} is not proved: {TOO_MANY}"
        )
    elif clashes:
        why = why_clash(protocol, first.rule, second.rule)
        yield Mistake(first.code, "contradicts", said, why)


def _share(first: Criterion, second: Criterion) -> bool:
    """Rules about different questions hold or fail without each other."""
    one, other = (
        {clause.question for group in criterion.rule for clause in group}
        for criterion in (first, second)
    )
    return bool(one & other)
