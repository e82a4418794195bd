"""Each golden patient comes out as expected, and together they miss no criterion."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from screening.engine.evaluation import Finding, Result
from screening.engine.protocol import Criterion, Indication, Kind
from screening.engine.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.golden import Expected, Vignette, protocol, result_of, vignettes

PATIENTS = vignettes()
JUDGES = (Kind.INCLUSION, Kind.EXCLUSION)
UNLISTED = (Kind.INCLUSION, Kind.NOTE)


def _seen(result: Result) -> Expected:
    listed = [f for f in result.findings.values() if f.criterion.kind not in UNLISTED]
    return Expected(
        outcome=str(result.outcome),
        priority=str(result.priority),
        met=_indications(result, TRUE),
        unknown=_indications(result, UNKNOWN),
        findings_met=_codes(listed, TRUE),
        findings_unknown=_codes(listed, UNKNOWN),
    )


def _indications(result: Result, truth: Truth) -> frozenset[str]:
    return frozenset(c for c, found in result.indications.items() if found is truth)


def _codes(findings: list[Finding], truth: Truth) -> frozenset[str]:
    return frozenset(f.criterion.code for f in findings if f.truth is truth)


def _results() -> list[Result]:
    return [result_of(patient.slug) for patient in PATIENTS]


def _pairs() -> Iterator[tuple[Indication, Criterion]]:
    for indication in protocol().indications:
        for criterion in indication.criteria:
            if criterion.kind in JUDGES:
                yield indication, criterion


def _holds_back(result: Result, criterion: Criterion) -> bool:
    truth = result.findings[criterion.code].truth
    return truth is (TRUE if criterion.kind is Kind.EXCLUSION else FALSE)


def _decides_alone(
    result: Result, indication: Indication, criterion: Criterion
) -> bool:
    """Only this criterion stands in the way: turned round, the indication is met."""
    if not _holds_back(result, criterion):
        return False
    return all(
        result.findings[other.code].truth
        is (FALSE if other.kind is Kind.EXCLUSION else TRUE)
        for other in indication.criteria
        if other.kind in JUDGES and other is not criterion
    )


@pytest.mark.parametrize("patient", PATIENTS, ids=lambda patient: patient.slug)
def test_a_golden_patient_comes_out_as_expected(patient: Vignette) -> None:
    assert _seen(result_of(patient.slug)) == patient.expected


@pytest.mark.parametrize("patient", PATIENTS, ids=lambda patient: patient.slug)
def test_a_golden_patient_answers_only_what_can_be_asked(patient: Vignette) -> None:
    assert set(patient.answers) <= set(protocol().item)
    assert result_of(patient.slug).problems == []


def test_expectations_name_real_codes_and_no_code_twice() -> None:
    indications = {indication.code for indication in protocol().indications}
    listed = {c.code for c in protocol().criteria if c.kind not in UNLISTED}
    for patient in PATIENTS:
        expected = patient.expected
        assert expected.met | expected.unknown <= indications, patient.slug
        assert expected.findings_met | expected.findings_unknown <= listed, patient.slug
        assert not expected.met & expected.unknown, patient.slug
        assert not expected.findings_met & expected.findings_unknown, patient.slug


def test_every_criterion_is_met_in_one_patient_and_not_met_in_another() -> None:
    for criterion in protocol().criteria:
        truths = {result.findings[criterion.code].truth for result in _results()}
        assert {TRUE, FALSE} <= truths, criterion.code


def test_every_inclusion_and_exclusion_decides_alone_in_one_patient() -> None:
    undecided = [
        f"{indication.code} {criterion.code}"
        for indication, criterion in _pairs()
        if not any(_decides_alone(r, indication, criterion) for r in _results())
    ]
    assert undecided == []


def test_every_indication_is_met_unknown_and_not_met_somewhere() -> None:
    for indication in protocol().indications:
        truths = {result.indications[indication.code] for result in _results()}
        assert truths == {TRUE, FALSE, UNKNOWN}, indication.code


def test_no_indication_is_judged_by_a_safety_criterion() -> None:
    safety = {criterion.code for criterion in protocol().safety}
    for indication in protocol().indications:
        assert not safety & {criterion.code for criterion in indication.criteria}


def test_no_exclusion_fires_beside_an_urgent_finding() -> None:
    for result in _results():
        met = {f.criterion.kind for f in result.findings.values() if f.truth is TRUE}
        assert not {Kind.URGENT, Kind.EXCLUSION} <= met


def test_the_first_patients_name_the_mistake_they_guard_against() -> None:
    for patient in PATIENTS[:25]:
        assert patient.teaches.startswith("Guards against "), patient.slug
