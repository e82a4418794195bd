"""Findings become one outcome and one priority; safety stands beside, never inside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from screening.engine.compiled import compiled
from screening.engine.evidence import Evidence, unfold
from screening.engine.facts import Interval, State
from screening.engine.journey import Journey
from screening.engine.protocol import Criterion, Indication, Kind, Protocol
from screening.engine.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of

ENGINE_VERSION = "1"


class Outcome(StrEnum):
    POSSIBLE_CANDIDATE = "possible-candidate"
    MORE_INFORMATION_NEEDED = "more-information-needed"
    NO_INDICATION_FOUND = "no-indication-found"


class Priority(StrEnum):
    """In the order in which the clinic reads: the first is read first."""

    EMERGENCY = "emergency"
    NOW = "now"
    TODAY = "today"
    DOCTOR_FIRST = "doctor-first"
    SOON = "soon"
    ASK = "ask"
    ROUTINE = "routine"

    @property
    def rank(self) -> int:
        return _RANKS[self]


_RANKS = {priority: rank for rank, priority in enumerate(Priority)}
TIERS = {
    "c": Priority.EMERGENCY,
    "b": Priority.NOW,
    "a": Priority.TODAY,
}
_BY_OUTCOME = {
    Outcome.POSSIBLE_CANDIDATE: Priority.SOON,
    Outcome.MORE_INFORMATION_NEEDED: Priority.ASK,
    Outcome.NO_INDICATION_FOUND: Priority.ROUTINE,
}
_WORDS = {TRUE: "met", FALSE: "not-met", UNKNOWN: "unknown"}


class Finding(NamedTuple):
    """One criterion for one response. `suppressed`: set aside by an urgent finding."""

    criterion: Criterion
    truth: Truth
    asked: bool = True
    suppressed: bool = False

    @property
    def word(self) -> str:
        """The finding as a plain word, since templates never receive a Truth."""
        if not self.asked and self.truth is FALSE:
            return "not-asked"
        return _WORDS[self.truth]


@dataclass(frozen=True)
class Result:
    """All that follows from the answers, under one protocol, on one date."""

    journey: Journey
    outcome: Outcome
    priority: Priority
    indications: Mapping[str, Truth]
    findings: Mapping[str, Finding]

    @property
    def scores(self) -> dict[str, Interval | State]:
        facts = self.journey.facts
        return {s.code: facts[s.code] for s in self.journey.protocol.score_list}  # type: ignore[misc]

    @cached_property
    def evidence(self) -> dict[str, tuple[Evidence, ...]]:
        """What speaks for and against each criterion, by its code."""
        journey = self.journey
        return unfold(journey.protocol, journey.facts, journey.answers)

    @property
    def problems(self) -> list[str]:
        return self.journey.problems


def evaluate(protocol: Protocol, answers: Mapping[str, object], as_of: date) -> Result:
    """Judge the answers by the protocol; the same arguments give the same Result.

    Total: an answer of the wrong type is unknown and listed under `problems`. Ages and
    "last 12 months" are counted on `as_of`.
    """
    return conclude(Journey(protocol, answers, as_of))


def conclude(journey: Journey) -> Result:
    """Judge a journey already walked."""
    sheet = compiled(journey.protocol).sheet
    marks = sheet.mark(journey.facts)
    return settle(journey, sheet.truths(marks), sheet.asked(marks))


def settle(
    journey: Journey, truths: Mapping[str, Truth], asked: Collection[str]
) -> Result:
    """Return what follows once every criterion was judged by itself."""
    protocol = journey.protocol
    urgent = any_of(truths[c.code] for c in urgent_criteria(protocol))
    findings = {
        criterion.code: _finding(
            criterion, truths[criterion.code], criterion.code in asked, urgent
        )
        for criterion in protocol.criteria
    }
    indications = {i.code: _indicated(i, findings) for i in protocol.indications}
    outcome = _outcome(indications.values(), urgent)
    priority = _priority(findings.values(), outcome)
    return Result(journey, outcome, priority, indications, findings)


def urgent_criteria(protocol: Protocol) -> list[Criterion]:
    return [c for c in protocol.safety if c.kind is Kind.URGENT]


def _finding(criterion: Criterion, truth: Truth, asked: bool, urgent: Truth) -> Finding:
    if criterion.kind is not Kind.EXCLUSION:
        return Finding(criterion, truth, asked)
    guarded = all_of((truth, ~urgent))
    suppressed = urgent is TRUE and truth is not FALSE
    return Finding(criterion, guarded, asked, suppressed)


def _indicated(indication: Indication, findings: Mapping[str, Finding]) -> Truth:
    """All inclusions hold and no exclusion does; a note decides nothing."""
    return all_of(
        ~findings[c.code].truth if c.kind is Kind.EXCLUSION else findings[c.code].truth
        for c in indication.criteria
        if c.kind in (Kind.INCLUSION, Kind.EXCLUSION)
    )


def _outcome(indications: Iterable[Truth], urgent: Truth) -> Outcome:
    match any_of(indications), urgent:
        case Truth.TRUE, _:
            return Outcome.POSSIBLE_CANDIDATE
        case Truth.UNKNOWN, _:
            return Outcome.MORE_INFORMATION_NEEDED
        case _, Truth.TRUE:
            return Outcome.MORE_INFORMATION_NEEDED
        case _:
            return Outcome.NO_INDICATION_FOUND


def beside_urgent(result: Result) -> Priority:
    """Return how soon it would be read if nothing in it were urgent."""
    findings = result.findings.values()
    calm = (found for found in findings if found.criterion.kind is not Kind.URGENT)
    return _priority(calm, result.outcome)


def _priority(findings: Iterable[Finding], outcome: Outcome) -> Priority:
    calls = [_calls_for(found) for found in findings if found.truth is not FALSE]
    reasons = [_BY_OUTCOME[outcome], *filter(None, calls)]
    return min(reasons, key=_RANKS.__getitem__)


def _calls_for(finding: Finding) -> Priority | None:
    """Return how soon a finding that is not false wants to be read, by itself."""
    criterion, truth = finding.criterion, finding.truth
    if criterion.kind is Kind.URGENT:
        return TIERS[criterion.tier] if truth is TRUE else Priority.TODAY
    calls = criterion.calls_doctor
    if calls == "met-or-unknown" or (calls and truth is TRUE):
        return Priority.DOCTOR_FIRST
    return None
