"""Why: every clause of a finding with the answer behind it, derived on reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from screening.engine.clauses import compile_clause
from screening.engine.evaluation import Finding, Result, urgent_criteria
from screening.engine.evidence import Evidence
from screening.engine.facts import NOT_ASKED, Interval, is_absent
from screening.engine.protocol import Clause, Indication, Kind
from screening.engine.scores import leaves
from screening.engine.truth import UNKNOWN, Truth

__all__ = ["Evidence", "Explanation", "explain", "missing", "report_scores"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A finding unfolded: all of the groups must hold, in each at least one clause."""

    finding: Finding
    evidence: tuple[Evidence, ...]

    @property
    def groups(self) -> tuple[tuple[Evidence, ...], ...]:
        every = iter(self.evidence)
        rule = self.finding.criterion.rule
        return tuple(tuple(islice(every, len(group))) for group in rule)


def explain(result: Result, finding: Finding) -> Explanation:
    """Unfold one finding to its clauses, with the answers in the patient's words."""
    return Explanation(finding, result.evidence[finding.criterion.code])


def missing(result: Result) -> dict[str, list[str]]:
    """Return what would settle each indication that is unknown, in the journey's order.

    Only criteria that are themselves unknown count, and only questions without a
    usable answer. A question closed for now brings the question that keeps it closed.
    """
    protocol = result.journey.protocol
    return {
        indication.code: _open_questions(result, indication)
        for indication in protocol.indications
        if result.indications[indication.code] is UNKNOWN
    }


def _open_questions(result: Result, indication: Indication) -> list[str]:
    protocol = result.journey.protocol
    unknown = [
        criterion
        for criterion in indication.criteria
        if criterion.kind in (Kind.INCLUSION, Kind.EXCLUSION)
        and result.findings[criterion.code].truth is UNKNOWN
    ]
    if any(criterion.kind is Kind.EXCLUSION for criterion in unknown):
        # It waits for the urgent findings too: one of them would set it aside.
        unknown += [f.criterion for f in _urgent(result) if f.truth is UNKNOWN]
    wanted = {
        link_id
        for criterion in unknown
        for group in criterion.rule
        for clause in group
        for link_id in _unsettled(result, clause)
    }
    return [link_id for link_id in protocol.item if link_id in wanted]


def _urgent(result: Result) -> list[Finding]:
    criteria = urgent_criteria(result.journey.protocol)
    return [result.findings[criterion.code] for criterion in criteria]


def _unsettled(result: Result, clause: Clause) -> Iterator[str]:
    if _truth(result, clause) is not UNKNOWN:
        return
    for link_id in leaves(clause.question, result.journey.protocol):
        yield from _unanswered(result, link_id)


def _unanswered(result: Result, link_id: str) -> Iterator[str]:
    journey = result.journey
    fact = journey.facts[link_id]
    if fact is NOT_ASKED:
        return
    if fact is None or is_absent(fact) or isinstance(fact, tuple):
        yield link_id
    if fact is None and link_id not in journey.open:
        for group in journey.protocol.item[link_id].gate:
            for clause in group:
                yield from _unsettled(result, clause)


def _truth(result: Result, clause: Clause) -> Truth:
    return compile_clause(clause)(result.journey.facts)


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """A score as a clinician reads it; `value` is None unless every part is known."""

    code: str
    title: str
    low: float
    high: float
    value: float | None
    band: str
    answered: int
    of: int
    asked: bool

    @property
    def as_json(self) -> Mapping[str, object]:
        high = None if self.high == float("inf") else self.high
        names = ("low", "value", "band", "answered", "of")
        return {"high": high} | {name: getattr(self, name) for name in names}


def report_scores(result: Result) -> dict[str, ScoreReport]:
    """Return every score with its bounds, its band and how much of it was answered."""
    protocol = result.journey.protocol
    return {score.code: _report(result, score.code) for score in protocol.score_list}


def _report(result: Result, code: str) -> ScoreReport:
    protocol, facts = result.journey.protocol, result.journey.facts
    score, measure = protocol.score[code], facts[code]
    names = leaves(code, protocol)
    said = [facts[name] for name in names]
    real = [f for f in said if f not in (None, NOT_ASKED) and not is_absent(f)]
    known = measure if isinstance(measure, Interval) else Interval(0, float("inf"))
    value = known.value if isinstance(measure, Interval) else None
    bands = (b.text for b in score.bands if value is not None and value <= b.high)
    return ScoreReport(
        code=code,
        title=score.title,
        low=known.low,
        high=known.high,
        value=value,
        band=next(bands, ""),
        answered=len(real),
        of=len(names),
        asked=measure is not NOT_ASKED,
    )
