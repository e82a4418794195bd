"""Whatever is put into a document, the check reports mistakes and never fails."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from screening.engine.checking import Mistake, check
from screening.engine.document import build
from screening.engine.scores import KINDS
from tests.breaking import item, page
from tests.small_protocol import Document, small_document

ODD = [None, True, 0, -1, 2.5, 10**400, float("nan"), "", "x", "low", [], [[]], {}]
OPTIONS = [{"code": code, "text": code} for code in ("none", "regular", "when-needed")]
STOPPED = [{"code": code, "text": code} for code in ("side-effects", "still-taking")]
FIELDS = {
    "name": {"type": "lookup"},
    "weeks": {"type": "integer", "maximum": 9},
    "benefit": {"type": "choice", "option": OPTIONS},
    "stopped": {"type": "choice", "option": STOPPED},
    "use": {"type": "choice", "option": OPTIONS},
}


def rich_document() -> Document:
    """The small protocol with every kind of question and score in it."""
    document = small_document()
    page(document, "mood")["item"] += [
        {"link_id": "born", "type": "date", "text": "When?", "required": True},
        {"link_id": "days", "type": "integer", "text": "Days?", "maximum": 31},
        {"link_id": "whole", "type": "boolean", "text": "All?"},
        {"link_id": "why", "type": "multi-choice", "text": "Why?", "option": OPTIONS},
    ]
    item(document, "tries")["field"] += [
        {"link_id": f"try-{role}", "text": "What?", "role": role} | keys
        for role, keys in FIELDS.items()
    ]
    said = {"sources": ["S1"], "default": "6 weeks", "minimum": 0, "title": "Own"}
    rows = {"group": "tries", "weeks": 6, "classes": ["benzodiazepine"]}
    rows |= {"complete": "whole", "table": "ashton", "benefits": ["none"]} | said
    days = said | {"part": [{"item": "days"}], "maximum": 31}
    own = dict.fromkeys(("sum", "mean", "highest"), days) | {
        "age": said | {"part": [{"item": "born"}]}
    }
    document["scores"] = [
        {"code": f"own-{kind}", "kind": kind} | own.get(kind, rows) for kind in KINDS
    ]
    document["medicines"][0]["minimum_mg"] = 5
    # The same table stands in several places: a change must not reach the others.
    return json.loads(json.dumps(document))  # type: ignore[no-any-return]


def _ways(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to everything inside the document."""
    keys: Any = ()
    if isinstance(node, dict | list):
        keys = list(node) if isinstance(node, dict) else range(len(node))
    for key in keys:
        yield (*path, key)
        yield from _ways(node[key], (*path, key))


WAYS = list(_ways(rich_document()))


def _held(document: Document, way: tuple[Any, ...]) -> Any:
    node: Any = document
    for key in way[:-1]:
        node = node[key]
    return node


def test_a_document_with_every_kind_of_score_has_no_mistake() -> None:
    assert check(rich_document()) == []
    assert {score.kind for score in build(rich_document()).score_list} == set(KINDS)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:12])
def test_whatever_stands_in_a_document_the_check_only_reports(odd: Any) -> None:
    for way in WAYS:
        document = rich_document()
        _held(document, way)[way[-1]] = odd
        assert all(isinstance(mistake, Mistake) for mistake in check(document)), way


def test_whatever_is_left_out_of_a_document_the_check_only_reports() -> None:
    for way in WAYS:
        document = rich_document()
        del _held(document, way)[way[-1]]
        assert all(isinstance(mistake, Mistake) for mistake in check(document)), way
