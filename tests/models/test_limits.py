"""What no column can keep is named with its place, whatever the database."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from screening.engine.document import read_directory
from screening.models.limits import longest, misfits
from tests.golden import KETAMINE
from tests.small_protocol import Document, clause, small_document

Spoil = Callable[[Document], object]
LONG = "a" * 81


def _pages(document: Document) -> list[Document]:
    pages: list[Document] = document["sections"][0]["page"]
    return pages


def _low(document: Document) -> Document:
    item: Document = _pages(document)[0]["item"][0]
    return item


def _score(**keys: object) -> Document:
    return {"code": "own", "title": "Own", "kind": "sum", "minimum": 0} | keys


PLACE = "section “first”, page “mood”, question “low”"
SPOILT: list[tuple[Spoil, str]] = [
    (
        lambda d: _low(d)["option"][1].update(code=LONG),
        f"{PLACE}, answer “{LONG[:40]}…”: code can have 80 characters at most, "
        "and has 81",
    ),
    (
        lambda d: _pages(d)[1].update(title="t" * 501),
        "section “first”, page “tried”: title can have 500 characters at most, "
        "and has 501",
    ),
    (
        lambda d: _pages(d)[1].update(slug="mood"),
        "section “first”, page “mood”: it is there twice, first as "
        "section “first”, page “mood”",
    ),
    (
        lambda d: _low(d)["option"].append({"code": "no", "text": "No"}),
        f"{PLACE}, answer “no”: it is there twice, first as {PLACE}, answer “no”",
    ),
    (
        lambda d: _low(d).update(enable_when=[[clause("low", "=>", 1)]]),
        f"{PLACE}, clause “low”: “=>” compares nothing; use = != < <= > >=",
    ),
    (
        lambda d: d.update(scores=[_score(part=[{"item": "low", "score": "x"}])]),
        "score “own”, part: a part of a score is a question or another score, not both",
    ),
    (
        lambda d: d.update(scores=[_score(band=[{"low": 3, "high": 2, "text": "b"}])]),
        "score “own”, band “b”: a band runs from a low number to a higher one",
    ),
]


@pytest.mark.parametrize(("spoil", "told"), SPOILT)
def test_what_cannot_be_kept_is_named_with_its_place(spoil: Spoil, told: str) -> None:
    document = small_document()
    spoil(document)
    assert list(misfits(document)) == [told]


def test_an_item_of_an_instrument_may_be_called_what_the_question_is_called() -> None:
    document = small_document()
    other = copy.deepcopy(document["instruments"][0])
    document["instruments"].append(other | {"code": "other", "score": []})
    assert list(misfits(document)) == []
    document["instruments"][1]["item"] *= 2
    assert len(list(misfits(document))) == 1


def test_the_protocol_that_ships_can_be_kept_everywhere() -> None:
    assert list(misfits(read_directory(KETAMINE))) == []


def test_the_limits_are_those_of_the_columns() -> None:
    assert longest("protocol", "version") == 40
    assert longest("criterion", "signed_by") == 80
    assert longest("medicine", "name") == 500
    assert longest("criterion", "statement") is None
    assert longest("item", "option") is None
