"""Facts that are worked out when first read: scores and classes of medicines."""

from __future__ import annotations

from typing import Any

import pytest

from screening.engine.compiled import compiled
from screening.engine.facts import NOT_ASKED
from screening.engine.protocol import Protocol, Score
from tests.engine.making import MEDICINES, asks, choice, protocol, rule, walk

NAME = asks("name", "lookup", role="name")
TAKES = choice("takes")
LIST = asks("list", "group", fields=(NAME,), gate=rule(("takes", "=", "yes")))
WHOLE = asks("whole", "boolean")
COUNT = Score("mg", "Mg", "diazepam-mg", 0, None, group="list", complete="whole")
DECLARED = protocol(TAKES, (LIST, WHOLE), scores=[COUNT], medicines=MEDICINES)
UNDECLARED = protocol(TAKES, LIST, medicines=MEDICINES)
XANAX = [{"name": "Xanax"}]


def classes(made: Protocol, **answers: Any) -> Any:
    return walk(made, **answers).facts["list.class"]


def test_the_classes_of_a_list_are_those_of_its_medicines() -> None:
    found = classes(DECLARED, takes="yes", list=XANAX, whole=True)
    assert found == {"benzodiazepine"}
    assert classes(UNDECLARED, takes="yes", list=XANAX) == {"benzodiazepine"}


@pytest.mark.parametrize("whole", [False, None])
def test_a_list_not_declared_whole_leaves_other_classes_open(
    whole: bool | None,
) -> None:
    found = classes(DECLARED, takes="yes", list=XANAX, whole=whole)
    assert found == {"benzodiazepine", "asked-unknown"}


@pytest.mark.parametrize("listed", [None, [], {"absent": "asked-declined"}])
def test_without_a_list_no_class_is_known(listed: Any) -> None:
    assert classes(DECLARED, takes="yes", list=listed, whole=True) is None


def test_who_takes_nothing_is_not_asked_for_classes() -> None:
    assert classes(DECLARED, takes="no", list=XANAX, whole=True) is NOT_ASKED


@pytest.mark.parametrize("unsaid", [None, {"absent": "asked-unknown"}])
def test_a_row_without_a_name_may_be_any_drug(unsaid: Any) -> None:
    found = classes(DECLARED, takes="yes", list=[{"name": unsaid}], whole=True)
    assert found == {"not-in-table", "asked-unknown"}


def test_a_name_that_stands_for_nothing_has_no_fact() -> None:
    assert walk(DECLARED).facts["stranger"] is None


def test_a_protocol_is_compiled_once() -> None:
    assert compiled(DECLARED) is compiled(DECLARED)
    assert compiled(DECLARED) is not compiled(UNDECLARED)
