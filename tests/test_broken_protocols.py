"""One mistake in the protocol that ships, of every kind, is found where it is."""

from __future__ import annotations

import copy
import time

import pytest

from screening.engine.checking import check, check_with_notes
from screening.engine.document import read_directory
from tests import faults_of_content, faults_of_shape
from tests.breaking import Fault, Table, pages
from tests.golden import KETAMINE

SHIPPED = read_directory(KETAMINE)
FAULTS = [*faults_of_shape.FAULTS, *faults_of_content.FAULTS]
SECONDS = 2


def _spoilt(fault: Fault) -> Table:
    document = copy.deepcopy(SHIPPED)
    fault.spoil(document)
    assert document != SHIPPED
    return document


@pytest.mark.parametrize(
    "fault", FAULTS, ids=lambda fault: f"{fault.code}-{fault.place}"
)
def test_a_mistake_is_found_where_it_is(fault: Fault) -> None:
    mistakes = check(_spoilt(fault))
    assert (fault.place, fault.code) in {(m.place, m.code) for m in mistakes}
    assert all(m.message and str(m).startswith(m.place) for m in mistakes)


def test_the_protocol_that_ships_has_no_mistake_and_all_of_it_is_proved() -> None:
    before = time.process_time()
    assert check_with_notes(copy.deepcopy(SHIPPED)) == ([], [])
    assert time.process_time() - before < SECONDS


def test_checking_leaves_the_document_as_it_was() -> None:
    document = copy.deepcopy(SHIPPED)
    check(document)
    assert document == SHIPPED


def test_what_is_no_document_at_all_is_a_mistake_too() -> None:
    for nothing in ({}, [], None, "protocol", {"protocol": {}}):
        assert [m.code for m in check(nothing)] == ["unreadable"]  # type: ignore[arg-type]


def test_without_the_softwares_own_page_red_answers_would_leave_no_trace() -> None:
    document = copy.deepcopy(SHIPPED)
    document["sections"] = document["sections"][:-1]
    kept = [
        c for c in document["safety"] if c["code"] not in ("u-call-me", "u-withdrawn")
    ]
    document["safety"] = kept
    assert [page["slug"] for page in pages(document)][-1] != "set-by-software"
    mistakes = {(m.place, m.code) for m in check(document)}
    assert mistakes == {("withdrawn-urgent", "unwired")}
