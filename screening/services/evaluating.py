"""An evaluation: the engine's result kept as a row, and the summary the queue shows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from screening.engine.evaluation import ENGINE_VERSION, Result, conclude
from screening.engine.explanation import missing
from screening.engine.journey import Journey
from screening.engine.protocol import Kind
from screening.engine.truth import TRUE, UNKNOWN
from screening.models import Evaluation, Response, Tier
from screening.services import alerting, promises

FLAGS = (Kind.URGENT, Kind.STOP, Kind.POSTPONE, Kind.CAUTION)


def evaluate_response(
    response: Response, journey: Journey, *, at: datetime
) -> Evaluation:
    """Judge a response and keep the result, its summary and its place in the queue.

    To be called inside the transaction that completes the response; the caller saves
    the response's own columns.
    """
    result = conclude(journey)
    evaluation = Evaluation(
        response=response,
        protocol=response.protocol,
        as_of=journey.as_of,
        engine_version=ENGINE_VERSION,
        created_at=at,
    )
    evaluation.result = stored(result)
    evaluation.save(force_insert=True)
    response.summary = summarise(result)
    _place(response, result.priority.rank, at)
    return evaluation


def _place(response: Response, rank: int, at: datetime) -> None:
    """Put it among those that wait; what says today is due today, even without alert.

    An alert that was raised before may have put it higher, and due sooner.
    """
    if response.priority is None or rank < response.priority:
        response.priority = rank
    urgent = response.is_urgent
    due = alerting.deadline(Tier.A, at) if urgent else promises.read_by(at)
    response.due_at = min(response.due_at or due, due)


def stored(result: Result) -> dict[str, Any]:
    """Return what an Evaluation keeps: the truths, not the explanation."""
    return {
        "outcome": result.outcome.value,
        "priority": result.priority.value,
        "indications": {k: truth.value for k, truth in result.indications.items()},
        "findings": {k: found.truth.value for k, found in result.findings.items()},
        "problems": result.problems,
    }


def summarise(result: Result) -> dict[str, Any]:
    """Return what a row of the queue needs: flags in words, indications, gaps."""
    protocol, journey = result.journey.protocol, result.journey
    titles = {i.code: i.title for i in protocol.indications}
    asked = [item for item in journey.open.values() if not item.hidden]
    blank = [item for item in asked if journey.facts[item.link_id] is None]
    return {
        "outcome": result.outcome.value,
        "flags": _flags(result),
        "met": [titles[k] for k, t in result.indications.items() if t is TRUE],
        "unknown": [titles[k] for k, t in result.indications.items() if t is UNKNOWN],
        "questions": sum(map(len, missing(result).values())),
        "asked": len(asked),
        "unanswered": len(blank),
        "stops_unknown": [
            found.criterion.statement
            for found in result.findings.values()
            if found.criterion.kind is Kind.STOP and found.truth is UNKNOWN
        ],
    }


def _flags(result: Result) -> list[dict[str, str]]:
    return [
        {
            "kind": kind.value,
            "code": found.criterion.code,
            "words": found.criterion.statement,
        }
        for kind in FLAGS
        for found in result.findings.values()
        if found.criterion.kind is kind and found.truth is TRUE
    ]
