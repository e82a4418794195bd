"""Can a rule ever hold, or ever fail? Decided by trying every state that matters."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from enum import StrEnum
from functools import partial

from screening.engine.clauses import compile_clause, compile_rule
from screening.engine.facts import NOT_ASKED, Fact, Interval, State
from screening.engine.protocol import (
    DECLINED,
    NOT_APPLICABLE,
    NOT_KNOWN,
    Clause,
    Item,
    Protocol,
    Rule,
)
from screening.engine.scores import comes_whole, leaves
from screening.engine.truth import FALSE, TRUE

# Beyond this many states a claim is "not proved" rather than slow or guessed.
STATES = 20_000

Answered = dict[str, Fact | State | None]


class Claim(StrEnum):
    SOMETIMES = "sometimes met"
    NEVER = "never met"
    ALWAYS = "always met"
    NOT_PROVED = "not proved"


def prove(protocol: Protocol, rule: Rule) -> Claim:
    """Say whether finished answers can make a rule both true and false.

    Each score and each item is taken to vary freely inside its range, so "never" and
    "always" are sound; a rule ruled out only by how a score is built is not found.
    """
    test = compile_rule(rule)
    # Most rules are shown to hold and to fail by two states, without all the others.
    seen = {test(facts) for facts in _ends(protocol, rule)}
    if {TRUE, FALSE} <= seen:
        return Claim.SOMETIMES
    for facts in states(protocol, rule):
        if facts is None:
            return Claim.NOT_PROVED
        seen.add(test(facts))
        if {TRUE, FALSE} <= seen:
            return Claim.SOMETIMES
    if TRUE not in seen:
        return Claim.NEVER
    return Claim.SOMETIMES if FALSE in seen or len(seen) > 1 else Claim.ALWAYS


def with_gates(protocol: Protocol, rule: Rule) -> Rule:
    """Return the rule together with what must hold for its questions to be asked.

    Only a clause that stands alone in its group, and wants an answer, needs its
    question: any other group can hold without it.
    """
    groups = dict.fromkeys(rule)
    waiting = list(rule)
    while waiting:
        clause, *others = waiting.pop()
        item = protocol.item.get(clause.question.removesuffix(".class"))
        if item and not others and clause.operator != "!=":
            fresh = [group for group in item.gate if group not in groups]
            groups |= dict.fromkeys(fresh)
            waiting += fresh
    return tuple(groups)


def clash(protocol: Protocol, included: Rule, excluded: Rule) -> bool | None:
    """Tell whether the exclusion holds whenever the inclusion does; None: too many."""
    includes, excludes = compile_rule(included), compile_rule(excluded)
    met = False
    for facts in states(protocol, (*included, *excluded)):
        if facts is None:
            return None
        if includes(facts) is TRUE:
            met = True
            if excludes(facts) is not TRUE:
                return False
    return met


def whatever_the_number(protocol: Protocol, clause: Clause) -> bool:
    """Tell whether every number that can be answered holds: nobody means that."""
    if isinstance(clause.answer, bool | str):
        return False
    test, name = compile_clause(clause), clause.question
    tried = spread(protocol, ((clause,),))[name]
    numbers = [value for value in tried if not isinstance(value, State | str)]
    return all(test({name: value}) is TRUE for value in numbers)


def states(protocol: Protocol, rule: Rule) -> Iterator[Answered | None]:
    """Yield every state of a rule's questions; None at the end where there are more."""
    choices = spread(protocol, rule)
    each = itertools.product(*choices.values())
    for values in itertools.islice(each, STATES):
        yield dict(zip(choices, values, strict=True))
    if next(each, None) is not None:
        yield None


def _ends(protocol: Protocol, rule: Rule) -> Iterator[Answered]:
    """Yield the state where as many clauses hold as can, and where as few do."""
    clauses = [clause for group in rule for clause in group]
    tests = {clause: compile_clause(clause) for clause in clauses}

    def holding(name: str, value: Fact | State) -> int:
        mine = (clause for clause in tests if clause.question == name)
        return sum(tests[clause]({name: value}) is TRUE for clause in mine)

    choices = spread(protocol, rule).items()
    for end in (max, min):
        yield {n: end(v, key=partial(holding, n)) for n, v in choices}


def spread(protocol: Protocol, rule: Rule) -> dict[str, list[Fact | State]]:
    """Return what is tried of each question that a rule reads."""
    clauses = [clause for group in rule for clause in group]
    names = list(dict.fromkeys(clause.question for clause in clauses))
    return {
        name: _values(protocol, name, [c for c in clauses if c.question == name])
        for name in names
    }


def _values(protocol: Protocol, name: str, clauses: list[Clause]) -> list[Fact | State]:
    items = [protocol.item[leaf] for leaf in leaves(name, protocol)]
    may_be_closed = any(item.gate or item.hidden for item in items)
    closed: list[Fact | State] = [NOT_ASKED] if may_be_closed else []
    return [*_answers(protocol, name, clauses), *closed]


def _answers(protocol: Protocol, name: str, clauses: list[Clause]) -> list[Fact]:
    if name in protocol.score:
        score = protocol.score[name]
        step = 1 if comes_whole(score, protocol) else 0.5
        return [
            Interval(value, value)
            for value in _edges(clauses, score.minimum, score.maximum, step=step)
        ]
    if name.endswith(".class"):
        return _sets({str(clause.answer) for clause in clauses})
    item = protocol.item[name]
    if item.type == "multi-choice":
        return _ticks(item, {str(clause.answer) for clause in clauses})
    if item.type == "boolean":
        return [True, False, *_absent(item)]
    if item.type == "choice":
        return [*(option.code for option in item.options), *_absent(item)]
    step = 1 if item.type == "integer" else 0.5
    return [*_edges(clauses, item.minimum, item.maximum, step=step), *_absent(item)]


def _absent(item: Item) -> list[str]:
    offered = {
        DECLINED: item.can_decline,
        NOT_KNOWN: item.can_be_unknown,
        NOT_APPLICABLE: bool(item.not_applicable),
    }
    return [code for code, is_offered in offered.items() if is_offered]


def _ticks(item: Item, codes: set[str]) -> list[Fact]:
    """A refusal stands alone, and so does none; not to know may stand beside ticks."""
    ticks = codes & item.codes - {"none"}
    another = sorted(item.codes - ticks - {"none"})[:1]
    alone = [*another, *_absent(item), *({"none"} & item.codes)]
    if item.can_be_unknown and not item.unknown_is_exclusive:
        ticks.add(NOT_KNOWN)
    together = [chosen for chosen in _sets(ticks) if chosen]
    return list(dict.fromkeys([*together, *(frozenset({code}) for code in alone)]))


def _sets(codes: set[str]) -> list[Fact]:
    several = sorted(codes)
    return [
        frozenset(chosen)
        for size in range(len(several) + 1)
        for chosen in itertools.combinations(several, size)
    ]


def _edges(
    clauses: list[Clause],
    minimum: float | None,
    maximum: float | None,
    *,
    step: float,
) -> list[float]:
    """Return the values just below, at and just above each threshold, in range."""
    marks = [c.answer for c in clauses if isinstance(c.answer, int | float)]
    near = {float(mark) + away for mark in marks for away in (-step, 0, step)}
    near |= {float(end) for end in (minimum, maximum) if end is not None}
    low = float("-inf") if minimum is None else minimum
    high = float("inf") if maximum is None else maximum
    return sorted(value for value in near if low <= value <= high) or [0.0]
