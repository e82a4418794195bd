"""Scores as a clinician reads them: number, range, band, and how much was answered."""

from __future__ import annotations

from typing import Any

from screening.engine import words
from screening.engine.evaluation import Result
from screening.engine.explanation import ScoreReport, missing, report_scores
from screening.engine.facts import NOT_ASKED, is_absent
from screening.engine.protocol import Band, Score
from screening.engine.scores import leaves

Words = dict[str, Any]

# How wide a strip is drawn, and the space between its bands.
STRIP = 250
GAP = 1.5
# All was answered; a name, a dose or the end of the list is what is not known.
LEFT_OPEN = "what is listed leaves it open"


def instruments(result: Result) -> list[Words]:
    """Return the scores of published instruments, those with bands first."""
    found = [each for each in _shown(result) if each["instrument"]]
    return sorted(found, key=lambda each: len(each["bands"]) < 2)


def tallies(result: Result) -> list[Words]:
    """Return the protocol's own counts: treatments tried, signs ticked, doses added."""
    return [each for each in _shown(result) if not each["instrument"]]


def _shown(result: Result) -> list[Words]:
    reports = report_scores(result)
    return [
        _score(result, score, reports[score.code])
        for score in result.journey.protocol.score_list
        if score.shown and reports[score.code].asked
    ]


def _score(result: Result, score: Score, report: ScoreReport) -> Words:
    known = report.value is not None
    return {
        "title": score.title,
        "instrument": score.instrument,
        "is_known": known,
        "text": words.measure(result.scores[score.code]),
        "unit": score.unit,
        "maximum": None if score.maximum is None else f"{score.maximum:g}",
        "band": next((b for b in score.bands if b.text == report.band), None),
        "bands": _strip(score),
        "pointer": _pointer(report.value, score.maximum),
        "answered": answered(result, score.code, is_known=known),
        "default": score.default,
    }


def answered(result: Result, code: str, *, is_known: bool = True) -> str:
    """Return `9 of 9 answered`, how many are missing, or that a list leaves it open."""
    facts = result.journey.facts
    found = [facts[name] for name in leaves(code, result.journey.protocol)]
    asked = [fact for fact in found if fact is not NOT_ASKED]
    gaps = sum(fact is None or is_absent(fact) for fact in asked)
    if gaps:
        return f"{gaps} answer{'s' if gaps > 1 else ''} missing"
    if not is_known:
        return LEFT_OPEN
    closed = len(found) - len(asked)
    rest = f", {closed} not asked" if closed else ""
    return f"{len(asked)} of {len(found)} answered{rest}"


def settling(result: Result) -> list[Words]:
    """Return, for each unknown indication, the questions that would settle it."""
    protocol = result.journey.protocol
    titles = {i.code: i.title for i in protocol.indications}
    return [
        {
            "title": titles[code],
            "questions": [protocol.item[link_id].text for link_id in link_ids],
        }
        for code, link_ids in missing(result).items()
    ]


def _strip(score: Score) -> list[Words]:
    """Place the bands of a score on a strip, each darker than the one before."""
    if score.maximum is None:
        return []
    bands = score.bands or (Band(score.minimum, score.maximum, ""),)
    unit = STRIP / (score.maximum + 1)
    return [
        {
            "low": f"{band.low:g}",
            "high": f"{band.high:g}",
            "left": round(unit * band.low, 1),
            "width": round(unit * (band.high - band.low + 1) - GAP, 1),
            "shade": round(0.2 + 0.8 * place / len(bands), 2),
        }
        for place, band in enumerate(bands)
    ]


def _pointer(value: float | None, maximum: float | None) -> float | None:
    if value is None or maximum is None:
        return None
    return round(STRIP * (value + 0.5) / (maximum + 1), 1)
