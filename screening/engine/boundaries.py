"""Somebody for every threshold: made-up answers just below it, at it, and just above.

Whoever is made up is walked through the questions again, and kept only where the
number really comes out as meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from screening.engine.checking.names import LONGEST_CODE
from screening.engine.facts import Interval
from screening.engine.journey import Journey
from screening.engine.making_up import Answers, Person
from screening.engine.protocol import Clause, Criterion, Kind, Protocol, Rule

# What moves by less than one at a time; a mean moves by one part of many.
FINE = {"decimal": 0.5, "diazepam-mg": 0.5}


class Boundary(NamedTuple):
    """`value` is what the question or score comes to; `mark` is the threshold."""

    criterion: str
    question: str
    value: float
    answers: Answers
    mark: float

    @property
    def slug(self) -> str:
        value = f"{self.value:g}".replace(".", "-")
        name = f"{self.criterion}-{self.question}-{value}"
        if len(name) <= LONGEST_CODE:
            return name
        # Two long codes together are longer than any column keeps.
        end = sha256(name.encode()).hexdigest()[:12]
        return f"{name[: LONGEST_CODE - len(end) - 1]}-{end}"


def boundaries(
    protocol: Protocol, as_of: date
) -> tuple[list[Boundary], list[Boundary]]:
    """Return who could be made up, and the thresholds for which nobody could."""
    made: dict[str, Boundary] = {}
    missing: list[Boundary] = []
    for criterion, clause in thresholds(protocol):
        for value in _near(protocol, clause):
            answers = _made_up(protocol, criterion, clause, value, as_of)
            place = criterion.code, clause.question, value
            case = Boundary(*place, answers or {}, float(clause.answer))
            if answers is None:
                missing.append(case)
            else:
                made[case.slug] = case
    return list(made.values()), missing


def thresholds(protocol: Protocol) -> Iterator[tuple[Criterion, Clause]]:
    for criterion in protocol.criteria:
        for group in criterion.rule:
            for clause in group:
                number = isinstance(clause.answer, int | float)
                if number and not isinstance(clause.answer, bool):
                    yield criterion, clause


def _near(protocol: Protocol, clause: Clause) -> list[float]:
    score = protocol.score.get(clause.question)
    of = score or protocol.item[clause.question]
    step = FINE.get(score.kind if score else protocol.item[clause.question].type, 1)
    if score and score.kind == "mean":
        step = 1 / len(score.parts)
    low = 0 if of.minimum is None else of.minimum
    high = float("inf") if of.maximum is None else of.maximum
    mark = float(clause.answer)
    near = (round(value, 4) for value in (mark - step, mark, mark + step))
    return [value for value in near if low <= value <= high]


def _made_up(
    protocol: Protocol, criterion: Criterion, clause: Clause, value: float, as_of: date
) -> Answers | None:
    person = Person(protocol, as_of)
    person.come_to(clause.question, value)
    person.meet(_without(criterion.rule, clause))
    for other in _beside(protocol, criterion):
        person.meet(other.rule)
    answers = person.answer_the_rest()
    fact = Journey(protocol, answers, as_of).facts[clause.question]
    found = fact.value if isinstance(fact, Interval) else fact
    return answers if found == value else None


def _without(rule: Rule, clause: Clause) -> Rule:
    """Leave out the groups that the threshold itself decides."""
    return tuple(group for group in rule if clause not in group)


def _beside(protocol: Protocol, criterion: Criterion) -> list[Criterion]:
    """Return what else its indication wants, so that the threshold alone decides."""
    for indication in protocol.indications:
        if criterion in indication.criteria:
            others = (c for c in indication.criteria if c is not criterion)
            return [c for c in others if c.kind is Kind.INCLUSION]
    return []
