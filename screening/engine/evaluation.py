"""Findings become one outcome and one priority; safety stands beside, never inside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from screening.engine.compiled import compiled
from screening.engine.facts import NOT_ASKED, Interval, State
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
        return list(Priority).index(self)


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


@dataclass(frozen=True, slots=True)
class Finding:
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
    protocol = journey.protocol
    urgent = any_of(_judge(journey, c) for c in urgent_criteria(protocol))
    findings = {
        criterion.code: _finding(journey, criterion, urgent)
        for criterion in protocol.criteria
    }
    indications = {i.code: _indicated(i, findings) for i in protocol.indications}
    outcome = _outcome(indications.values(), urgent)
    priority = _priority(findings.values(), outcome)
    return Result(journey, outcome, priority, indications, findings)


def urgent_criteria(protocol: Protocol) -> list[Criterion]:
    return [c for c in protocol.safety if c.kind is Kind.URGENT]


def urgent_findings(journey: Journey) -> list[Finding]:
    """Return the urgent criteria now met; cheap enough for every page that is saved."""
    return [
        Finding(criterion, TRUE)
        for criterion in urgent_criteria(journey.protocol)
        if _judge(journey, criterion) is TRUE
    ]


def _judge(journey: Journey, criterion: Criterion) -> Truth:
    return compiled(journey.protocol).criteria[criterion.code](journey.facts)


def _finding(journey: Journey, criterion: Criterion, urgent: Truth) -> Finding:
    truth = _judge(journey, criterion)
    asked = any(
        journey.facts[clause.question] is not NOT_ASKED
        for group in criterion.rule
        for clause in group
    )
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


def _priority(findings: Iterable[Finding], outcome: Outcome) -> Priority:
    reasons = [_BY_OUTCOME[outcome]]
    for finding in findings:
        reasons.extend(_calls_for(finding))
    return min(reasons, key=lambda priority: priority.rank)


def _calls_for(finding: Finding) -> list[Priority]:
    criterion, truth = finding.criterion, finding.truth
    if criterion.kind is Kind.URGENT and truth is not FALSE:
        return [TIERS[criterion.tier] if truth is TRUE else Priority.TODAY]
    if truth is TRUE and criterion.calls_doctor:
        return [Priority.DOCTOR_FIRST]
    if truth is UNKNOWN and criterion.calls_doctor == "met-or-unknown":
        return [Priority.DOCTOR_FIRST]
    return []
