"""A document is put into one canonical form, or refused with the place it fails at."""

from __future__ import annotations

from typing import Any

import pytest

from screening.engine.tidying import ProtocolError, canonical, filled, tidy
from tests.small_protocol import small_document

CLAUSE = {"question": "low", "operator": "=", "answer": "yes"}
SCORE = {"code": "s", "title": "S", "kind": "sum", "minimum": 0}
ITEM = {"link_id": "i", "text": "Is it?"}

REFUSED: list[tuple[str, Any, str]] = [
    ("item", [], "a table was expected"),
    ("item", ITEM | {"colour": "red"}, "i: unknown key colour"),
    ("item", {"text": "Is it?"}, "link_id is missing"),
    ("item", ITEM | {"text": 3}, "i text: 3 is not a text"),
    ("item", ITEM | {"required": 1}, "i required: 1 is not a flag"),
    ("item", ITEM | {"minimum": True}, "i minimum: True is not a number"),
    ("item", ITEM | {"minimum": "3"}, "is not a number"),
    ("item", ITEM | {"minimum": float("nan")}, "is not a number"),
    ("item", ITEM | {"maximum": float("inf")}, "is not a number"),
    ("item", ITEM | {"maximum": 10**400}, "is not a number"),
    ("item", ITEM | {"sources": "S1"}, "is not a texts"),
    ("item", ITEM | {"sources": [1]}, "is not a texts"),
    ("item", ITEM | {"option": {"code": "a"}}, "i option: a list was expected"),
    ("item", ITEM | {"option": ["a"]}, "i option: a table was expected"),
    ("item", ITEM | {"enable_when": "low"}, "is not a rule"),
    ("item", ITEM | {"enable_when": [CLAUSE]}, "is not a rule"),
    ("item", ITEM | {"enable_when": [[{}]]}, "i enable_when: question is missing"),
    ("item", ITEM | {"enable_when": [["low"]]}, "i enable_when: a table was expected"),
    ("clause", CLAUSE | {"answer": None}, "None is not a answer"),
    ("clause", CLAUSE | {"answer": [1]}, "is not a answer"),
    (
        "medicine",
        {"name": "m", "classes": ["a"], "diazepam_10mg": 5},
        "m diazepam_10mg",
    ),
    ("medicine", {"name": "m", "classes": [], "diazepam_10mg": {"a": "1"}}, "numbers"),
    ("score", SCORE | {"part": [{"item": "a", "odd": 1}]}, "s part: unknown key odd"),
    ("protocol", {"url": "u", "version": "1", "title": None}, "1 title: None"),
    ("protocol", {"url": "u", "version": "1", "title": "a\0b"}, "is not a text"),
    ("item", ITEM | {"sources": ["S\0"]}, "is not a texts"),
    ("clause", CLAUSE | {"answer": "\0"}, "is not a answer"),
    (
        "medicine",
        {"name": "m", "classes": [], "diazepam_10mg": {"\0": 1}},
        "is not a numbers",
    ),
]


@pytest.mark.parametrize(("table", "value", "why"), REFUSED)
def test_a_table_that_cannot_be_read_is_refused_by_its_place(
    table: str, value: Any, why: str
) -> None:
    with pytest.raises(ProtocolError) as refused:
        tidy(table, value)
    assert why in str(refused.value)


def test_a_mistake_deep_inside_names_the_way_to_it() -> None:
    document = small_document()
    document["sections"][0]["page"][0]["item"][0]["option"][1]["score"] = "2.5"
    with pytest.raises(ProtocolError) as refused:
        canonical(document)
    for name in ("sections", "first", "page", "mood", "item", "low", "option", "yes"):
        assert name in str(refused.value)


def test_tables_without_end_are_refused() -> None:
    document = small_document()
    item = document["sections"][0]["page"][0]["item"][0]
    item["field"] = [item]
    with pytest.raises(ProtocolError, match="too deep"):
        canonical(document)


def test_what_equals_its_default_is_left_out() -> None:
    said = {"help": "", "required": False, "minimum": None, "max_rows": 0, "option": []}
    del said["minimum"]
    assert tidy("item", ITEM | said) == ITEM
    assert canonical(small_document()) == canonical(canonical(small_document()))


def test_zero_and_no_are_kept_where_they_are_not_the_default() -> None:
    assert tidy("item", ITEM | {"minimum": 0})["minimum"] == 0
    assert tidy("clause", CLAUSE | {"answer": False})["answer"] is False
    assert tidy("option", {"code": "a", "text": "A", "score": 0})["score"] == 0


def test_a_required_text_is_kept_whatever_it_says() -> None:
    odd = {"link_id": "(required)", "text": "Is it?"}
    assert tidy("item", odd) == odd


def test_equal_numbers_are_equal_text() -> None:
    assert repr(tidy("item", ITEM | {"minimum": 3.0})["minimum"]) == "3"
    assert repr(tidy("item", ITEM | {"minimum": 2.5})["minimum"]) == "2.5"
    doses = {"name": "m", "classes": ["a"], "diazepam_10mg": {"ashton": 10.0, "b": 0.5}}
    assert repr(tidy("medicine", doses)["diazepam_10mg"]) == "{'ashton': 10, 'b': 0.5}"
    assert repr(tidy("clause", CLAUSE | {"answer": 4.0})["answer"]) == "4"


def test_filling_puts_every_default_back() -> None:
    full = filled("option", {"code": "a", "text": "A"})
    assert full == {"code": "a", "text": "A", "score": None, "loinc": ""}
