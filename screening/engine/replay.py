"""Two versions on the same answers: who would come out otherwise, and how.

Most answers flip nothing, and few of them are needed to see it: a probe judges only
the rules that differ. Whoever the probe cannot clear is judged whole, by both versions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from enum import Enum
from typing import Any, NamedTuple

from screening.engine.compiled import compiled
from screening.engine.evaluation import Result, evaluate, settle
from screening.engine.journey import Journey
from screening.engine.protocol import Criterion, Item, Kind, Protocol, Rule
from screening.engine.scores import leaves
from screening.engine.sheet import Sheet

NOT_THERE = ""


class Flip(NamedTuple):
    """What comes out otherwise; empty where one of the versions does not know it."""

    kind: str
    code: str
    before: str
    after: str


class NotComparable(Exception):
    """The newer version asks this person something else; nobody knows the answer."""


class Comparison:
    """The flips from one version to another; made once, used for every response."""

    def __init__(self, old: Protocol, new: Protocol) -> None:
        self.old, self.new = old, new
        self._asks_the_same = _asking(old) == _asking(new)
        self._probes: list[_Probe] = []
        if _only_rules_differ(old, new):
            self._probes = _probes(old, new)
            self._was, self._sheet = _side_by_side(old, new)

    def flips(self, answers: Mapping[str, object], as_of: date) -> list[Flip]:
        """Raise NotComparable when one of the questions was not the same."""
        if any(probe.clears(answers, as_of) for probe in self._probes):
            return []
        if self._probes:
            return self._on_one_walk(Journey(self.new, answers, as_of))
        before = evaluate(self.old, answers, as_of)
        after = evaluate(self.new, answers, as_of)
        if not self._asks_the_same and _asked_otherwise(before, after):
            raise NotComparable
        return differences(before, after)

    def _on_one_walk(self, journey: Journey) -> list[Flip]:
        """Judge the same walk by both: they differ in nothing but their rules."""
        truths = self._sheet.truths(self._sheet.mark(journey.facts))
        before = {code: truths[name] for code, name in self._was.items()}
        return differences(settle(journey, before, ()), settle(journey, truths, ()))


def differences(before: Result, after: Result) -> list[Flip]:
    """Return everything in which two results differ, outcome and priority first."""
    return [
        Flip(kind, code, _word(was.get(code)), _word(now.get(code)))
        for (kind, was), (_, now) in zip(_told(before), _told(after), strict=True)
        for code in was | now
        if was.get(code) is not now.get(code)
    ]


def _told(result: Result) -> Iterator[tuple[str, dict[str, Enum]]]:
    yield "outcome", {"outcome": result.outcome}
    yield "priority", {"priority": result.priority}
    yield "indication", dict(result.indications)
    yield "criterion", {k: found.truth for k, found in result.findings.items()}


def _word(told: Enum | None) -> str:
    return NOT_THERE if told is None else told.value


Pair = tuple[Rule, Rule]


def _probes(old: Protocol, new: Protocol) -> list[_Probe]:
    """Return first the cheap look at what differs, then one at the whole rules."""
    was, now = _rules(old), _rules(new)
    whole = [(was[code], now[code]) for code in was if was[code] != now[code]]
    apart = [pair for before, after in whole for pair in _apart(before, after)]
    return [_Probe(old, apart), _Probe(old, whole)]


def _side_by_side(old: Protocol, new: Protocol) -> tuple[dict[str, str], Sheet]:
    """Return one sheet for the rules of both, and what the old ones are called there.

    Most rules are the same, and are judged once.
    """
    was, now = _rules(old), _rules(new)
    differ = {code: f"{code} as it was" for code in was if was[code] != now[code]}
    before = (Criterion(differ[c], Kind.NOTE, "", was[c]) for c in differ)
    both = replace(new, safety=(*new.safety, *before))
    return {code: differ.get(code, code) for code in was}, Sheet(both)


class _Probe:
    """Only rules that differ, in pairs: as they were, and as they would be."""

    def __init__(self, old: Protocol, pairs: list[Pair]) -> None:
        rules = [rule for pair in pairs for rule in pair]
        names = [f"rule-{place}" for place in range(len(rules))]
        self._pairs = list(zip(names[::2], names[1::2], strict=True))
        self._rules = _narrowed(old, dict(zip(names, rules, strict=True)))

    def clears(self, answers: Mapping[str, object], as_of: date) -> bool:
        sheet = compiled(self._rules).sheet
        truths = sheet.truths(sheet.mark(Journey(self._rules, answers, as_of).facts))
        return all(truths[was] is truths[now] for was, now in self._pairs)


def _apart(was: Rule, now: Rule) -> Iterator[Pair]:
    """Yield what differs in two rules, pair by pair.

    While both of every pair come out the same, so do the rules: what they share joins
    both of them in the same way.
    """
    gone = [group for group in was if group not in now]
    come = [group for group in now if group not in was]
    if len(gone) != len(come) or len(was) != len(now):
        yield was, now
        return
    for before, after in zip(gone, come, strict=True):
        own = tuple(clause for clause in before if clause not in after)
        new = tuple(clause for clause in after if clause not in before)
        yield ((own,), (new,)) if own and new else ((before,), (after,))


def _narrowed(protocol: Protocol, rules: dict[str, Rule]) -> Protocol:
    """Keep of a protocol what these rules rest on; they become its only criteria."""
    kept = _rest_on(protocol, rules.values())
    pages = (
        replace(page, items=tuple(i for i in page.items if i.link_id in kept))
        for page in protocol.pages
    )
    sections = (replace(protocol.sections[0], pages=tuple(pages)),)
    criteria = (Criterion(name, Kind.NOTE, "", rules[name]) for name in rules)
    scores = (
        score
        for score in protocol.score_list
        if kept.issuperset(leaves(score.code, protocol))
    )
    return replace(
        protocol,
        sections=sections,
        score_list=tuple(scores),
        indications=(),
        safety=tuple(criteria),
    )


def _rest_on(protocol: Protocol, rules: Any) -> set[str]:
    """Return every question behind the rules: asked by them, or opening one of those"""
    kept: set[str] = set()
    waiting = [clause for rule in rules for group in rule for clause in group]
    while waiting:
        for link_id in leaves(waiting.pop().question, protocol):
            if link_id not in kept:
                kept.add(link_id)
                gate = protocol.item[link_id].gate
                waiting += [clause for group in gate for clause in group]
    # The list that is declared complete is judged by that answer too.
    declared = compiled(protocol).declared_complete
    more = {declared[name] for name in kept if name in declared} - kept
    if more:
        clauses = [clause for rule in rules for group in rule for clause in group]
        asking = tuple((replace(clauses[0], question=name),) for name in more)
        return kept | _rest_on(protocol, [asking])
    return kept


def _only_rules_differ(old: Protocol, new: Protocol) -> bool:
    same = _judging(old) == _judging(new) and _standing(old) == _standing(new)
    return bool(same)


def _rules(protocol: Protocol) -> dict[str, Rule]:
    return {criterion.code: criterion.rule for criterion in protocol.criteria}


def _standing(protocol: Protocol) -> Any:
    """Return where each criterion stands and what it is for; not what it says."""
    homes = [(i.code, [_part_of(c) for c in i.criteria]) for i in protocol.indications]
    return homes, [_part_of(c) for c in protocol.safety]


def _part_of(criterion: Criterion) -> tuple[str, ...]:
    return criterion.code, criterion.kind, criterion.tier, criterion.calls_doctor


def _judging(protocol: Protocol) -> Any:
    """Return all that turns answers into facts, without the words around it."""
    items = [_bare(item) | {"gate": item.gate} for item in protocol.item.values()]
    scores = [
        replace(s, title="", bands=(), unit="", shown=False, sources=(), default="")
        for s in protocol.score_list
    ]
    modified = [each.code for each in protocol.instruments if each.modified]
    return items, scores, modified, protocol.medicine_list


def _asking(protocol: Protocol) -> Any:
    return [_bare(i) | {"gate": i.gate} for i in protocol.item.values()]


def _bare(item: Item) -> dict[str, Any]:
    """Return what makes a question the same one, whatever its words."""
    return {
        "link_id": item.link_id,
        "type": item.type,
        "options": [(option.code, option.score) for option in item.options],
        "ends": (item.minimum, item.maximum, item.max_rows),
        "role": item.role,
        "hidden": item.hidden,
        "declines": (item.can_decline, item.can_be_unknown, bool(item.not_applicable)),
        "fields": [_bare(field) for field in item.fields],
    }


def _asked_otherwise(before: Result, after: Result) -> bool:
    """Tell whether a question was asked by one version alone, or had other answers."""
    was, now = before.journey.open, after.journey.open
    return was.keys() != now.keys() or any(
        was[link_id] is not now[link_id]
        and _without_scores(was[link_id]) != _without_scores(now[link_id])
        for link_id in was
    )


def _without_scores(item: Item) -> dict[str, Any]:
    return _bare(item) | {"options": [option.code for option in item.options]}
