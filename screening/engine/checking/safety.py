"""Whether every answer that must not be missed reaches somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from screening.engine import words
from screening.engine.checking.mistake import Mistake
from screening.engine.clauses import compile_rule
from screening.engine.compiled import Compiled, Ledger
from screening.engine.evaluation import TIERS, urgent_criteria
from screening.engine.facts import Fact
from screening.engine.protocol import DECLINED, NOT_KNOWN, Item, Kind, Protocol
from screening.engine.scores import leaves
from screening.engine.truth import TRUE
from screening.engine.urgency import CALL_ME, SAFE_NOW, WITHDRAWN

# Stable for ever, each with its one calm answer. Every other answer must be urgent.
CALM = {
    "phq9-9": "not-at-all",
    **{f"asq-{number}": "no" for number in range(1, 6)},
    SAFE_NOW: "yes",
    CALL_ME: "",
    WITHDRAWN: "",
}
JUDGING = (Kind.INCLUSION, Kind.EXCLUSION)
CALLS = ("", "met", "met-or-unknown")


def check_safety(protocol: Protocol) -> Iterator[Mistake]:
    yield from _check_kinds(protocol)
    yield from _check_tiers(protocol)
    yield from _check_wired(protocol)
    yield from _check_required(protocol)


def _check_kinds(protocol: Protocol) -> Iterator[Mistake]:
    """A finding of safety never judges an indication, and never hides inside one."""
    judged = (c for indication in protocol.indications for c in indication.criteria)
    for criterion in judged:
        if criterion.kind not in (*JUDGING, Kind.NOTE):
            message = f"{criterion.kind} findings stand apart from every indication"
            yield Mistake(criterion.code, "kind", message)
    for criterion in protocol.safety:
        if criterion.kind in JUDGING:
            message = f"an {criterion.kind} belongs to an indication"
            yield Mistake(criterion.code, "kind", message)


def _check_tiers(protocol: Protocol) -> Iterator[Mistake]:
    for criterion in protocol.safety:
        if criterion.kind is Kind.URGENT and criterion.tier not in TIERS:
            message = "an urgent criterion needs a tier: a, b or c"
            yield Mistake(criterion.code, "tier", message)
        if criterion.calls_doctor not in CALLS:
            message = f"calls_doctor is met or met-or-unknown: {criterion.calls_doctor}"
            yield Mistake(criterion.code, "tier", message)
        if criterion.kind is Kind.STOP and not criterion.calls_doctor:
            message = (
                "a stop means that the doctor decides first: say when (calls_doctor)"
            )
            yield Mistake(criterion.code, "tier", message)


def _check_wired(protocol: Protocol) -> Iterator[Mistake]:
    asked = [link_id for link_id in CALM if link_id in protocol.item]
    if asked and WITHDRAWN not in asked:
        message = "without it a red answer that is taken back would leave no trace"
        yield Mistake(WITHDRAWN, "unwired", message)
    compiled = Compiled(protocol)
    tests = [compile_rule(criterion.rule) for criterion in urgent_criteria(protocol)]
    for link_id in asked:
        for answer in _red(protocol.item[link_id]):
            facts = Ledger(compiled, date.min)
            facts[link_id] = answer
            if not any(test(facts) is TRUE for test in tests):
                said = words.option(protocol.item[link_id], answer)
                message = f"the answer “{said}” raises no urgent finding by itself"
                yield Mistake(link_id, "unwired", message)


def _red(item: Item) -> list[Fact]:
    offered = {DECLINED: item.can_decline, NOT_KNOWN: item.can_be_unknown}
    absent = [code for code, is_offered in offered.items() if is_offered]
    return [*sorted(item.codes - {CALM[item.link_id]}), *absent]


def _check_required(protocol: Protocol) -> Iterator[Mistake]:
    """An open stop or suicide question must be answered or declined before sending."""
    for criterion in protocol.safety:
        if criterion.kind in (Kind.STOP, Kind.URGENT):
            names = (c.question for group in criterion.rule for c in group)
            for link_id in (leaf for name in names for leaf in leaves(name, protocol)):
                item = protocol.item[link_id]
                if not item.required and not item.hidden:
                    message = f"“{criterion.statement}” reads it: it must be required"
                    yield Mistake(link_id, "not-required", message)
