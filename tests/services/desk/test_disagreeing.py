"""Disagreeing with a finding: a row for each word, none changed, none lost."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from screening.models import (
    AuditEvent,
    Counted,
    DailyCount,
    Disagreement,
    Protocol,
    Response,
    Staff,
)
from screening.services.desk import disagreeing, disclosing
from tests import patients

pytestmark = pytest.mark.django_db

FINDING = "trd-severity"


@pytest.fixture
def response(protocol: Protocol) -> Response:
    return patients.sent(protocol)


@pytest.fixture
def ash() -> Staff:
    return patients.person()


def standing(response: Response) -> list[tuple[str, str, str]]:
    rows = response.disagreements.standing().select_related("by", "response")
    found = [(row.by.username, row.details) for row in rows]
    return [(name, said["criterion"], said["why"]) for name, said in found]


def test_one_click_is_a_row_on_record(response: Response, ash: Staff) -> None:
    said = disagreeing.disagree(response.pk, by=ash, criterion=FINDING)
    assert said.evaluation == response.evaluations.get()
    assert standing(response) == [("ash", FINDING, "")]
    event = AuditEvent.objects.latest("seq")
    assert (event.action, event.object_id) == ("finding.disagreed", str(response.pk))
    assert FINDING not in str(event.meta)


def test_a_second_click_adds_nothing_and_other_words_replace(
    response: Response, ash: Staff
) -> None:
    disagree = disagreeing.disagree
    for why in ("", "", "Told me otherwise.", "Told me otherwise.", ""):
        disagree(response.pk, by=ash, criterion=FINDING, why=why)
    assert standing(response) == [("ash", FINDING, "Told me otherwise.")]
    assert Disagreement.objects.count() == 2
    assert DailyCount.objects.get(what=Counted.DISAGREED).count == 1


def test_two_people_disagree_each_for_themselves(
    response: Response, ash: Staff
) -> None:
    birch = patients.person(name="birch")
    disagreeing.disagree(response.pk, by=ash, criterion=FINDING)
    disagreeing.disagree(response.pk, by=birch, criterion="trd-presence")
    disagreeing.disagree(response.pk, by=birch, criterion=FINDING)
    disagreeing.withdraw(response.pk, by=ash, criterion=FINDING)
    assert standing(response) == [("birch", "trd-presence", ""), ("birch", FINDING, "")]
    assert DailyCount.objects.get(what=Counted.AGREED_AGAIN).count == 1
    assert DailyCount.objects.get(what=Counted.DISAGREED, code=FINDING).count == 2


def test_withdrawing_appends_and_one_may_disagree_anew(
    response: Response, ash: Staff
) -> None:
    disagreeing.disagree(response.pk, by=ash, criterion=FINDING)
    disagreeing.withdraw(response.pk, by=ash, criterion=FINDING)
    disagreeing.disagree(response.pk, by=ash, criterion=FINDING, why="After all.")
    assert standing(response) == [("ash", FINDING, "After all.")]
    assert [row.stands for row in Disagreement.objects.all()] == [True, False, True]


@pytest.mark.parametrize("criterion", ["", "no-such-rule"])
def test_only_a_finding_can_be_disagreed_with(
    response: Response, ash: Staff, criterion: str
) -> None:
    with pytest.raises(disagreeing.UnknownFinding):
        disagreeing.disagree(response.pk, by=ash, criterion=criterion)
    with pytest.raises(disagreeing.UnknownFinding):
        disagreeing.withdraw(response.pk, by=ash, criterion=FINDING)


def test_what_was_said_never_changes_and_is_sealed(
    response: Response, ash: Staff
) -> None:
    said = disagreeing.disagree(response.pk, by=ash, criterion=FINDING, why="No.")
    assert FINDING.encode() not in bytes(said.sealed)
    with pytest.raises(IntegrityError, match="none is changed"), transaction.atomic():
        Disagreement.objects.update(stands=False)
    with pytest.raises(IntegrityError, match="none is changed"), transaction.atomic():
        said.delete()


def test_the_patients_copy_tells_of_it(response: Response, ash: Staff) -> None:
    disagreeing.disagree(response.pk, by=ash, criterion=FINDING, why="No.")
    copy = disclosing.copy_of(response.reference, by=ash)
    assert copy["disagreements"][0]["criterion"] == FINDING
