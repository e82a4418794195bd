"""Judging all criteria at once gives what judging each by itself gives."""

from __future__ import annotations

from screening.engine.clauses import compile_rule
from screening.engine.facts import NOT_ASKED
from screening.engine.protocol import Kind
from screening.engine.sheet import Sheet
from screening.engine.truth import FALSE, TRUE, UNKNOWN
from tests.engine.making import choice, criterion, protocol
from tests.golden import protocol as shipped
from tests.golden import result_of, vignettes

MADE = protocol(
    (choice("one"), choice("two")),
    safety=[
        criterion("both", Kind.NOTE, ("one", "=", "yes"), ("two", "=", "yes")),
        criterion("either", Kind.NOTE, [("one", "=", "yes"), ("two", "=", "yes")]),
        criterion("other", Kind.NOTE, ("one", "!=", "yes")),
    ],
)


def test_every_criterion_of_every_worked_patient_is_judged_as_by_itself() -> None:
    sheet = Sheet(shipped())
    alone = {c.code: compile_rule(c.rule) for c in shipped().criteria}
    for patient in vignettes():
        facts = result_of(patient.slug).journey.facts
        truths = sheet.truths(sheet.mark(facts))
        assert truths == {code: test(facts) for code, test in alone.items()}


def test_groups_join_by_and_their_clauses_by_or() -> None:
    sheet = Sheet(MADE)
    marks = sheet.mark({"one": "yes", "two": None})
    assert sheet.truths(marks) == {"both": UNKNOWN, "either": TRUE, "other": FALSE}
    marks = sheet.mark({"one": None, "two": "no"})
    assert sheet.truths(marks) == {"both": FALSE, "either": UNKNOWN, "other": UNKNOWN}


def test_a_criterion_is_asked_while_one_of_its_questions_is() -> None:
    sheet = Sheet(MADE)
    marks = sheet.mark({"one": NOT_ASKED, "two": None})
    assert sheet.asked(marks) == {"both", "either"}
    assert sheet.truths(marks) == {"both": FALSE, "either": UNKNOWN, "other": TRUE}
