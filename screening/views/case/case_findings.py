"""Findings in words: each with the patient's own answers, its sources, its clauses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from screening.engine import words
from screening.engine.compiled import compiled
from screening.engine.evaluation import Finding, Result
from screening.engine.explanation import Evidence, explain
from screening.engine.medicines import Reading, State
from screening.engine.protocol import Clause, Criterion, Indication, Item, Kind
from screening.engine.trials import UNCLEAR, is_unclear
from screening.engine.truth import FALSE, TRUE, UNKNOWN, Truth
from screening.views.desk import shelf_life

LEVELS = {
    Kind.URGENT: "Urgent",
    Kind.STOP: "Doctor decides",
    Kind.POSTPONE: "Look",
    Kind.CAUTION: "Look",
}
LABELS = {
    "met": "met",
    "not-met": "not met",
    "unknown": "unknown",
    "not-asked": "not asked",
    "set-aside": "set aside",
}
INDICATED = {TRUE: "met", FALSE: "not-met", UNKNOWN: "unknown"}
_ORDER = (TRUE, UNKNOWN, FALSE)
# A score that rests on more answers than this is told by its number.
FEW = 2
# Answers that say nothing without their question, however little room there is.
BARE = {"Yes", "No"}

Words = dict[str, Any]


def flags(result: Result) -> list[Words]:
    """Return the safety findings that are met, the most pressing first."""
    found = safety(result, TRUE)
    found.sort(key=lambda each: each.criterion.tier, reverse=True)
    found.sort(key=lambda each: list(LEVELS).index(each.criterion.kind))
    return [
        in_words(result, each) | {"level": LEVELS[each.criterion.kind]}
        for each in found
    ]


def contradictions(result: Result) -> list[Words]:
    """Return the answers that do not fit together: to be asked about, never counted."""
    noted = (c for c in result.journey.protocol.safety if c.kind is Kind.NOTE)
    found = (result.findings[criterion.code] for criterion in noted)
    return [in_words(result, each) for each in found if each.truth is TRUE]


def safety(result: Result, truth: Truth) -> list[Finding]:
    """Return the findings of this truth, by kind in the order of LEVELS."""
    return [
        result.findings[criterion.code]
        for kind in LEVELS
        for criterion in result.journey.protocol.safety
        if criterion.kind is kind and result.findings[criterion.code].truth is truth
    ]


def counts(result: Result, criteria: tuple[Criterion, ...]) -> dict[str, int]:
    """Count how these criteria came out; those set aside count as not met."""
    found = [result.findings[criterion.code].word for criterion in criteria]
    return {
        "checked": len(found),
        "met": found.count("met"),
        "not_met": found.count("not-met"),
        "unknown": found.count("unknown"),
        "not_asked": found.count("not-asked"),
    }


def indications(result: Result) -> list[Words]:
    """Return every indication, those met first, those that are unknown next."""
    listed = result.journey.protocol.indications
    return [
        _indication(result, indication)
        for truth in _ORDER
        for indication in listed
        if result.indications[indication.code] is truth
    ]


def _indication(result: Result, indication: Indication) -> Words:
    found = [result.findings[criterion.code] for criterion in indication.criteria]
    needed = [each for each in found if each.criterion.kind is Kind.INCLUSION]
    against = [each for each in found if each.criterion.kind is Kind.EXCLUSION]
    word = INDICATED[result.indications[indication.code]]
    if all(each.word == "not-asked" for each in needed):
        word = "not-asked"
    return {
        "title": indication.title,
        "word": word,
        "label": LABELS[word],
        "needed": len(needed),
        "met": sum(each.word == "met" for each in needed),
        "unknown": sum(each.word == "unknown" for each in found),
        "against": sum(each.word == "met" for each in against),
        "criteria": [in_words(result, each) for each in found],
    }


def in_words(result: Result, finding: Finding) -> Words:
    """Return a finding for a template: plain words, the answers, the sources."""
    protocol, criterion = result.journey.protocol, finding.criterion
    why = explain(result, finding)
    word = "set-aside" if finding.suppressed else finding.word
    return {
        "code": criterion.code,
        "kind": criterion.kind.value,
        "tier": criterion.tier,
        "about": criterion.about,
        "word": word,
        "label": LABELS[word],
        "statement": criterion.statement,
        "rationale": criterion.rationale,
        "default": criterion.default,
        "sources": [protocol.source[code] for code in criterion.sources],
        "groups": [[_clause(each) for each in group] for group in why.groups],
        "voice": _voice(result, finding, why.groups),
    } | shelf_life.of(criterion)


def _clause(evidence: Evidence) -> Words:
    return {
        "rule": readable(evidence.rule),
        "said": evidence.said,
        "word": evidence.word,
        "label": LABELS[evidence.word],
    }


def readable(rule: str) -> str:
    """Return a clause without the colon after a question mark."""
    return rule.replace("?: ", "? ")


def _voice(result: Result, finding: Finding, groups: Any) -> list[Words]:
    """Return the answers that settled it, each question once."""
    pairs = [
        (clause, evidence)
        for rule, group in zip(finding.criterion.rule, groups, strict=True)
        for clause, evidence in zip(rule, group, strict=True)
    ]
    wanted = "met" if finding.suppressed else finding.word
    decisive = [pair for pair in pairs if pair[1].word == wanted]
    told: dict[str, Words] = {}
    for clause, evidence in decisive:
        for line in _told(result, clause, evidence):
            kept = told.setdefault(line["link_id"], line)
            kept["said"] += [each for each in line["said"] if each not in kept["said"]]
    return [line | {"is_bare": set(line["said"]) <= BARE} for line in told.values()]


def _told(result: Result, clause: Clause, evidence: Evidence) -> Iterator[Words]:
    """Yield what one clause rests on: a number, an answer, or rows of a list."""
    journey = result.journey
    is_score = clause.question in journey.protocol.score
    if is_score:
        unit = journey.protocol.score[clause.question].unit
        measure = f"{'; '.join(evidence.said)} {unit}".strip()
        yield _line(clause.question, evidence.asks, [], measure)
    if is_score and len(evidence.because_of) > FEW:
        return
    for link_id in evidence.because_of:
        item = journey.protocol.item[link_id]
        said = [] if item.hidden else _said(result, clause, item, evidence.word)
        # A blank is told where it is why a finding is unknown.
        blank = evidence.word == "unknown" and journey.facts[link_id] is None
        if said or blank:
            yield _line(link_id, item.text, said)


def _line(link_id: str, question: str, said: list[str], measure: str = "") -> Words:
    return {"link_id": link_id, "question": question, "said": said, "measure": measure}


def _said(result: Result, clause: Clause, item: Item, word: str) -> list[str]:
    raw: Any = result.journey.answers.get(item.link_id)
    if item.type == "group":
        return words.said(item, _rows(result, clause, item, raw or []))
    ticked = item.type == "multi-choice" and clause.operator == "=" and word == "met"
    if ticked and isinstance(raw, list):
        return [words.option(item, clause.answer)]
    return words.said(item, raw)


def _rows(result: Result, clause: Clause, item: Item, rows: list[Any]) -> list[Any]:
    """Return the rows a clause speaks of: those of its class, else those not read."""
    score = result.journey.protocol.score.get(clause.question)
    readings = [(row, reading_of(result, item, row)) for row in rows]
    facts: Any = result.journey.facts[item.link_id]
    if score and score.kind == UNCLEAR and isinstance(facts, tuple):
        pairs = zip(facts, readings, strict=True)
        return [row for fact, (row, read) in pairs if is_unclear(fact, read)]
    classes = set(score.classes) if score else {str(clause.answer)}
    of_class = [
        row
        for row, reading in readings
        if reading.medicine and classes & set(reading.medicine.classes)
    ]
    unread = [row for row, reading in readings if reading.state is not State.KNOWN]
    return of_class or unread or rows


def reading_of(result: Result, item: Item, row: Mapping[str, Any]) -> Reading:
    name = next((field.link_id for field in item.fields if field.role == "name"), "")
    return compiled(result.journey.protocol).formulary.read(str(row.get(name, "")))
