"""Somebody made up meets what is wanted, and says something calm to all the rest."""

from __future__ import annotations

import copy

import pytest

from screening.engine import making_up
from screening.engine.document import build, read_directory
from screening.engine.making_up import Person
from screening.engine.protocol import Clause, Protocol
from tests.golden import AS_OF, KETAMINE, protocol

BENZODIAZEPINES = "benzo-dze-mg"


def somebody(rules: Protocol | None = None) -> Person:
    return Person(rules or protocol(), AS_OF)


def test_none_stands_alone() -> None:
    person = somebody()
    person.tick("reactions", "none")
    assert person.answers["reactions"] == ["none"]
    person.tick("reactions", "liver")
    assert person.answers["reactions"] == ["none"]


def test_no_row_is_a_calm_list() -> None:
    assert somebody().calm(protocol().item["medicines"]) == []


def test_what_is_no_question_is_left_unsaid() -> None:
    person = somebody()
    person.meet(((Clause("medicines.class", "=", "benzodiazepine"),),))
    assert person.answers == {}


def test_not_yes_is_no() -> None:
    person = somebody()
    person.meet(((Clause("medicines-complete", "!=", True),),))
    assert person.answers["medicines-complete"] is False


def test_without_a_table_nobody_comes_to_a_dose() -> None:
    document = copy.deepcopy(read_directory(KETAMINE))
    for medicine in document["medicines"]:
        medicine.pop("diazepam_10mg", None)
    person = somebody(build(document))
    person.come_to(BENZODIAZEPINES, 30)
    assert person.answers == {}


def test_it_stops_after_so_many_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making_up, "TURNS", 1)
    few = somebody().answer_the_rest()
    monkeypatch.undo()
    assert few and set(few) < set(somebody().answer_the_rest())
