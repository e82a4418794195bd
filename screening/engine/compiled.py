"""A protocol's rules as closures, made once and kept while the protocol is in use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from screening.engine.clauses import Test, compile_rule
from screening.engine.facts import NOT_ASKED, Fact, Interval, State
from screening.engine.medicines import Formulary
from screening.engine.protocol import Protocol, Score
from screening.engine.scores import Count, compile_score
from screening.engine.sheet import Sheet


class Compiled:
    """The closures of one protocol, by the code of what they judge."""

    def __init__(self, protocol: Protocol) -> None:
        self.formulary = Formulary(protocol.medicine_list)
        # One test for all items that stand behind the same gate.
        tests = {item.gate: compile_rule(item.gate) for item in protocol.item.values()}
        self.gates: dict[str, Test] = {
            item.link_id: tests[item.gate]
            for item in protocol.item.values()
            if item.gate
        }
        self.scores: dict[str, Count] = {
            score.code: compile_score(score, protocol, self.formulary)
            for score in protocol.score_list
        }
        for score in protocol.score_list:
            if is_stopped(protocol, score):
                self.scores[score.code] = _stopped(score, self.scores[score.code])
        self.sheet = Sheet(protocol)
        self.declared_complete = {
            score.group: score.complete
            for score in protocol.score_list
            if score.complete
        }


def is_stopped(protocol: Protocol, score: Score) -> bool:
    """Tell whether a score counts words of an instrument that nobody validated."""
    modified = [each for each in protocol.instruments if each.modified]
    counted = {part.item for part in score.parts}
    return any(
        score.instrument == each.code
        or not counted.isdisjoint(item.link_id for item in each.items)
        for each in modified
    )


def _stopped(score: Score, count: Count) -> Count:
    """Let a score say no more than that it lies in its range."""
    high = float("inf") if score.maximum is None else score.maximum
    anything = Interval(score.minimum, high)

    def stopped(facts: Mapping[str, Fact | State | None], as_of: date) -> Any:
        measure = count(facts, as_of)
        return anything if isinstance(measure, Interval) else measure

    return stopped


@lru_cache(maxsize=16)
def compiled(protocol: Protocol) -> Compiled:
    return Compiled(protocol)


class Ledger(dict[str, "Fact | State | None"]):
    """Facts by question. Scores and medicine classes are worked out when first read."""

    def __init__(self, rules: Compiled, as_of: date) -> None:
        super().__init__()
        self._rules = rules
        self._as_of = as_of

    def __missing__(self, question: str) -> Fact | State | None:
        if count := self._rules.scores.get(question):
            fact: Fact | State | None = count(self, self._as_of)
        elif question.endswith(".class"):
            fact = self._classes(question.removesuffix(".class"))
        else:
            return None
        self[question] = fact
        return fact

    def _classes(self, group: str) -> Fact | State | None:
        rows = self[group]
        if not isinstance(rows, tuple):
            return NOT_ASKED if rows is NOT_ASKED else None
        declared = self._rules.declared_complete.get(group)
        complete = declared is None or self[declared] is True
        names = (row.get("name") for row in rows)
        return self._rules.formulary.classes(names, complete=complete)
