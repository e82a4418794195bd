"""Judge one patient's answers, and say why; nothing is kept."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from screening.engine.evaluation import Finding, Result, evaluate
from screening.engine.explanation import explain, missing, report_scores
from screening.engine.protocol import Kind, Protocol
from screening.management.output import ScriptableCommand
from screening.management.published import published
from screening.management.strict_json import LARGEST, NotJSON, read_object, shown
from screening.models import ProtocolAltered
from screening.services import promises

Table = dict[str, Any]

_JUDGES = (Kind.INCLUSION, Kind.EXCLUSION)
_MEASURES = ("low", "high", "value", "band", "answered", "of")


class Command(ScriptableCommand):
    help = "Evaluate a JSON object of answers under a published protocol."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="A path, or - for stdin.")
        parser.add_argument("--version", metavar="V", help="Not the active one.")
        parser.add_argument("--as-of", metavar="DATE", type=_day, help="Not today.")

    def handle(
        self, *, file: str, version: str | None, as_of: date | None, **options: Any
    ) -> None:
        answers = _read(file)
        protocol = _engine(version)
        today = promises.local(timezone.now()).date()
        result = evaluate(protocol, answers, as_of or today)
        if mistakes := _mistakes(result, answers):
            raise CommandError("\n".join(mistakes))
        self.print(describe(result))


def describe(result: Result) -> Table:
    """Return all that follows from the answers, with the reasons, as plain values."""
    protocol = result.journey.protocol
    return {
        "outcome": result.outcome.value,
        "priority": result.priority.value,
        "indications": {
            indication.code: {
                "truth": result.indications[indication.code].value,
                "criteria": {
                    criterion.code: _reasons(result, result.findings[criterion.code])
                    for criterion in indication.criteria
                },
            }
            for indication in protocol.indications
        },
        "alerts": [
            _alert(result, found)
            for found in result.findings.values()
            if found.criterion.kind not in _JUDGES
        ],
        "scores": _scores(result),
        "missing": missing(result),
        "problems": result.problems,
        "protocol": {"url": protocol.url, "version": protocol.version},
    }


def _alert(result: Result, found: Finding) -> Table:
    criterion = found.criterion
    return {
        "code": criterion.code,
        "kind": criterion.kind.value,
        "tier": criterion.tier,
        "statement": criterion.statement,
        **_reasons(result, found),
    }


def _reasons(result: Result, found: Finding) -> Table:
    evidence = [each for group in explain(result, found).groups for each in group]
    return {
        "finding": found.word,
        "evidence": [
            {
                "question": each.question,
                "rule": each.rule,
                "said": list(each.said),
                "finding": each.word,
            }
            for each in evidence
        ],
        "source": list(found.criterion.sources),
    }


def _scores(result: Result) -> Table:
    reports = {code: report.as_json for code, report in report_scores(result).items()}
    return {code: {k: table[k] for k in _MEASURES} for code, table in reports.items()}


def _mistakes(result: Result, answers: Mapping[str, object]) -> list[str]:
    known = result.journey.protocol.item
    unknown = [f"{shown(name)}: no such question" for name in answers.keys() - known]
    return sorted([*unknown, *map(shown, result.problems)])


def _engine(version: str | None) -> Protocol:
    try:
        return published(version).engine
    except ProtocolAltered as error:
        raise CommandError(str(error)) from error


def _read(file: str) -> Table:
    try:
        if file == "-":
            return read_object(sys.stdin.buffer.read(LARGEST + 1))
        with Path(file).open("rb") as stream:
            return read_object(stream.read(LARGEST + 1))
    except OSError as error:
        raise CommandError(f"{shown(file)}: {error.strerror}.") from error
    except NotJSON as error:
        raise CommandError(f"{shown(file)}: {error}") from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        sentence = f"{shown(text)} is not a date such as 2026-11-23."
        raise ArgumentTypeError(sentence) from error
