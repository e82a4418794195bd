"""evaluate-truth and evaluate-explained: our engine beside zen-engine."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from benchmarks import judged, zen_peer
from benchmarks.judged import AS_OF, Answers
from benchmarks.measuring import Figure, in_turn, report
from screening.engine.compiled import Compiled, Ledger, compiled
from screening.engine.evidence import Evidence, unfold
from screening.engine.protocol import Protocol
from screening.engine.truth import TRUE, Truth

NAMES = ("evaluate-truth", "evaluate-explained")
ROUNDS = 101
Truths = dict[str, Truth]


def measure(wanted: list[str]) -> Iterator[Figure]:
    if "evaluate-truth" in wanted:
        yield _truth()
    if "evaluate-explained" in wanted:
        yield _explained()


def truths(rules: Compiled, answers: Answers) -> Truths:
    """Judge answers that are facts already: the peer takes them unchecked too."""
    facts = Ledger(rules, AS_OF)
    facts.update(answers)
    return rules.sheet.truths(rules.sheet.mark(facts))


def explained(
    protocol: Protocol, answers: Answers
) -> tuple[Truths, dict[str, tuple[Evidence, ...]]]:
    rules = compiled(protocol)
    facts = Ledger(rules, AS_OF)
    facts.update(answers)
    judged = rules.sheet.truths(rules.sheet.mark(facts))
    return judged, unfold(protocol, facts, answers)


def _truth() -> Figure:
    rules, patients = compiled(judged.protocol()), judged.patients()
    expression = zen_peer.expression(judged.criteria())
    for answers in patients:
        ours = {code: t is TRUE for code, t in truths(rules, answers).items()}
        assert ours == expression.evaluate(answers)
    taken = in_turn(
        {
            "ours": _for_each(patients, partial(truths, rules)),
            "zen": _for_each(patients, expression.evaluate),
        },
        rounds=ROUNDS,
    )
    return Figure("evaluate-truth", taken["zen"] / taken["ours"], ">=", 1)


def _explained() -> Figure:
    """Compare what each clause of each criterion made of each answer."""
    protocol, patients = judged.protocol(), judged.patients()
    graph = zen_peer.graph(judged.criteria())
    for answers in patients:
        _, evidence = explained(protocol, answers)
        ours = [each.word == "met" for every in evidence.values() for each in every]
        assert ours == list(_told(zen_peer.traced(graph, answers)))
    taken = in_turn(
        {
            "ours": _for_each(patients, partial(explained, protocol)),
            "zen": _for_each(patients[:20], partial(zen_peer.traced, graph)),
        },
        rounds=ROUNDS,
    )
    times = taken["zen"] * len(patients) / 20 / taken["ours"]
    return Figure("evaluate-explained", times, ">=", 10)


def _for_each(
    patients: list[Answers], work: Callable[[Answers], object]
) -> Callable[[], None]:
    def every() -> None:
        for answers in patients:
            work(answers)

    return every


def _told(decision: Any) -> Iterator[bool]:
    output = decision["trace"]["clauses"]["output"]
    number = 0
    while (name := f"clause_{number}") in output:
        yield output[name]
        number += 1


if __name__ == "__main__":
    sys.exit(report(NAMES, measure))
