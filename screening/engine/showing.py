"""What a claim about a rule rests on, for people to read: every state that was tried.

Only rules that were proved come here, so all of their states were tried.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from screening.engine import words
from screening.engine.clauses import compile_rule
from screening.engine.facts import Fact, Interval, State
from screening.engine.protocol import Clause, Group, Item, Protocol, Rule, Score
from screening.engine.proving import STATES, Claim, prove, spread, states
from screening.engine.truth import TRUE

Why = tuple[str, ...]
# So many values of one question are spelled out; the rest is counted.
SPELLED = 12
TOO_MANY = (
    f"there are more than {STATES:,} ways to answer what it reads, and the check tries "
    "no more than that"
)


def why_never(protocol: Protocol, rule: Rule) -> Why:
    """Show the parts of a rule that nobody can meet, and what was tried of them."""
    needed = _needed(protocol, rule)
    said = [group_in_words(protocol, group) for group in needed]
    if len(said) == 1:
        first = f"No answers make this true: {said[0]}."
    else:
        parts = "; ".join(f"({n}) {each}" for n, each in enumerate(said, 1))
        first = f"These can never hold together: {parts}."
    tried = _tried(protocol, needed, "none meets it")
    return (first, *_openings(protocol, rule, needed), *tried)


def why_always(protocol: Protocol, rule: Rule) -> Why:
    return tuple(_tried(protocol, rule, "each meets it"))


def why_any_number(protocol: Protocol, clause: Clause) -> Why:
    """Show the range of numbers of which none fails a comparison."""
    name = clause.question
    return (
        f"{_asked(protocol, name)}{_range(protocol, name)}: each of these meets it.",
    )


def why_clash(protocol: Protocol, included: Rule, excluded: Rule) -> Why:
    """Show that whoever meets the first rule meets the second."""
    both = (*included, *excluded)
    includes = compile_rule(included)
    met = sum(includes(facts or {}) is TRUE for facts in states(protocol, both))
    ends = f"{met} of them meet it, and each of those is excluded"
    return tuple(_tried(protocol, both, ends))


def clause_in_words(protocol: Protocol, clause: Clause) -> str:
    """Return a clause as a part of a sentence: `“PHQ-9” is at least 15`."""
    compared = words.comparison(protocol, clause).removeprefix("is ")
    return f"{_asked(protocol, clause.question)} is {compared}"


def group_in_words(protocol: Protocol, group: Group) -> str:
    """Return the clauses of a group; answers to one question are told together."""
    equal: dict[str, list[str]] = {}
    for clause in group:
        known = f"{_asked(protocol, clause.question)} is " * (clause.operator == "=")
        said = clause_in_words(protocol, clause)
        equal.setdefault(known, []).append(said.removeprefix(known))
    return " or ".join(known + " or ".join(said) for known, said in equal.items())


def _needed(protocol: Protocol, rule: Rule) -> Rule:
    """Leave out, last first, each group without which nobody meets the rest either."""
    kept = rule
    for place in reversed(range(len(rule))):
        less = (*kept[:place], *kept[place + 1 :])
        if less and prove(protocol, less) is Claim.NEVER:
            kept = less
    return kept


def _openings(protocol: Protocol, rule: Rule, needed: Rule) -> Iterator[str]:
    """Say which of the groups is there only because it opens a question."""
    names = (clause.question.removesuffix(".class") for g in rule for clause in g)
    for name in dict.fromkeys(names):
        gate = protocol.item[name].gate if name in protocol.item else ()
        for number, group in enumerate(needed, 1):
            if group in gate:
                which = "that" if len(needed) == 1 else f"({number})"
                yield f"{_asked(protocol, name)} is asked only when {which} holds."


def _tried(protocol: Protocol, rule: Rule, ends: str) -> Iterator[str]:
    choices = spread(protocol, rule)
    number = math.prod(map(len, choices.values()))
    all_of_them = {1: "The only answer", 2: "Both answers"}.get(
        number, f"All {number:,} combinations of the answers"
    )
    tried = "was tried" if number == 1 else "were tried"
    yield f"{all_of_them} that matter{'s' * (number == 1)} {tried}; {ends}:"
    for name, values in choices.items():
        said = list(dict.fromkeys(_value(protocol, name, each) for each in values))
        yield f"{_asked(protocol, name)}{_range(protocol, name)}: {_listed(said)}."


def _asked(protocol: Protocol, name: str) -> str:
    return f"“{words.question(protocol, name)}”"


def _range(protocol: Protocol, name: str) -> str:
    of: Score | Item | None = protocol.score.get(name) or protocol.item.get(name)
    if of is None or (isinstance(of, Item) and of.type not in ("integer", "decimal")):
        return ""
    low, high = of.minimum or 0, of.maximum
    return f", {low:g} or more" if high is None else f", from {low:g} to {high:g}"


def _listed(said: list[str]) -> str:
    if len(said) > SPELLED:
        return f"{', '.join(said[:SPELLED])} and {len(said) - SPELLED} more"
    return " or ".join(filter(None, (", ".join(said[:-1]), said[-1])))


def _value(protocol: Protocol, name: str, fact: Fact | State) -> str:
    if isinstance(fact, State | Interval):
        return words.measure(fact)
    if isinstance(fact, bool):
        return "Yes" if fact else "No"
    if isinstance(fact, frozenset):
        return " with ".join(_options(protocol, name, sorted(fact))) or "none of these"
    if isinstance(fact, str):
        return next(iter(_options(protocol, name, [fact])))
    item = protocol.item.get(name)
    number = item is None or item.type in ("integer", "decimal")
    return f"{fact:g}" if number else "any answer"


def _options(protocol: Protocol, name: str, codes: Iterable[str]) -> list[str]:
    item = protocol.item.get(name)
    return [f"“{words.option(item, code) if item else code}”" for code in codes]
