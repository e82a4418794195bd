"""A code is no longer than every database can keep."""

from __future__ import annotations

from typing import Any

from screening.engine.checking import check
from tests.small_protocol import small_document

LONGEST = "a" * 80


def named(document: dict[str, Any]) -> list[str]:
    return [m.message for m in check(document) if m.code == "name"]


def with_page(slug: str) -> dict[str, Any]:
    document = small_document()
    document["sections"][0]["page"][0]["slug"] = slug
    return document


def with_option(code: str) -> dict[str, Any]:
    document = small_document()
    pages = [page for section in document["sections"] for page in section["page"]]
    items = [item for page in pages for item in page["item"]]
    choice = next(item for item in items if item.get("option"))
    choice["option"].append({"code": code, "text": "Long"})
    return document


def test_a_code_of_80_characters_is_taken() -> None:
    assert named(with_page(LONGEST)) == []
    assert named(with_option(LONGEST)) == []


def test_a_longer_code_is_not() -> None:
    refusal = "a code has at most 80 characters"
    assert named(with_page(LONGEST + "a")) == [refusal]
    assert named(with_option(LONGEST + "a")) == [refusal]
