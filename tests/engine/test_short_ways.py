"""The short ways agree with the long ones: all criteria at once, and one by one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks import judged
from screening.engine.clauses import compile_clause, compile_rule
from screening.engine.compiled import compiled
from screening.engine.evaluation import evaluate
from screening.engine.evidence import WORDS, unfold
from screening.engine.facts import NOT_ASKED
from screening.engine.journey import Journey
from screening.engine.protocol import DECLINED, NOT_KNOWN
from screening.engine.truth import FALSE
from tests.golden import Vignette, protocol, vignettes

PATIENTS = vignettes()
NAMES = [each.slug for each in PATIENTS]
ABSENT = ({"absent": DECLINED}, {"absent": NOT_KNOWN}, None, "not a code", 3, 2.5)


def journeys(patient: Vignette) -> Iterator[Journey]:
    """Walk as the patient answered, and as others who left out or declined a third."""
    chance = random.Random(patient.slug)
    yield Journey(protocol(), patient.answers, patient.as_of)
    for _ in range(4):
        answers: dict[str, Any] = dict(patient.answers)
        for link_id in chance.sample(sorted(answers), len(answers) // 3):
            answers[link_id] = chance.choice(ABSENT)
        yield Journey(protocol(), answers, patient.as_of)


@pytest.mark.parametrize("patient", PATIENTS, ids=NAMES)
def test_criteria_judged_at_once_are_those_judged_one_by_one(patient: Vignette) -> None:
    sheet = compiled(protocol()).sheet
    for journey in journeys(patient):
        marks = sheet.mark(journey.facts)
        truths, asked = sheet.truths(marks), sheet.asked(marks)
        for criterion in protocol().criteria:
            test = compile_rule(criterion.rule)
            assert truths[criterion.code] is test(journey.facts)
            clauses = [clause for group in criterion.rule for clause in group]
            open_ = [c for c in clauses if journey.facts[c.question] is not NOT_ASKED]
            assert (criterion.code in asked) == bool(open_)


@pytest.mark.parametrize("patient", PATIENTS, ids=NAMES)
def test_evidence_says_of_each_clause_what_the_clause_says(patient: Vignette) -> None:
    for journey in journeys(patient):
        evidence = unfold(protocol(), journey.facts, journey.answers)
        for criterion in protocol().criteria:
            clauses = [clause for group in criterion.rule for clause in group]
            for clause, each in zip(clauses, evidence[criterion.code], strict=True):
                truth = compile_clause(clause)(journey.facts)
                closed = journey.facts[clause.question] is NOT_ASKED
                word = "not-asked" if closed and truth is FALSE else WORDS[truth]
                assert (each.question, each.word) == (clause.question, word)


def test_a_case_without_gates_is_judged_alike() -> None:
    """The case that is measured beside other engines."""
    case = judged.protocol()
    tests = {each.code: compile_rule(each.rule) for each in case.criteria}
    for answers in judged.patients()[:50]:
        result = evaluate(case, answers, judged.AS_OF)
        found = {code: each.truth for code, each in result.findings.items()}
        assert found == {c: test(result.journey.facts) for c, test in tests.items()}


def test_the_case_has_the_size_that_it_claims() -> None:
    clauses = [c for each in judged.criteria() for g in each["clauses"] for c in g]
    assert len(judged.criteria()) == judged.CRITERIA
    assert len(clauses) == judged.COMPARISONS
    assert len(judged.items()) == 40
