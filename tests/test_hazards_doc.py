"""Every hazard has a control and an honest remainder, and names tests that exist."""

from __future__ import annotations

import ast
from collections import Counter

import pytest

from docs import generate

HAZARDS = generate.hazards()
NAMED = [test for hazard in HAZARDS for test in hazard.get("tests", [])]


def test_every_hazard_stands_once_and_is_complete() -> None:
    assert max(Counter(hazard["code"] for hazard in HAZARDS).values()) == 1
    for hazard in HAZARDS:
        for key in ("hazard", "cause", "control", "residual"):
            assert hazard[key], (hazard["code"], key)


@pytest.mark.parametrize("test", NAMED)
def test_a_test_that_a_hazard_names_exists(test: str) -> None:
    path, _, name = test.partition("::")
    tree = ast.parse((generate.ROOT / path).read_text(encoding="utf-8"))
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert not name or name in functions


def test_the_page_of_hazards_is_the_one_made_from_its_file() -> None:
    page = (generate.DOCS / "hazards.md").read_text(encoding="utf-8")
    assert page == generate.hazards_page(), "run: python docs/generate.py"
