"""The table of ASVS is whole, its tests exist, and the page is made from it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache

import pytest

from docs import generate

TABLE = generate.asvs()
ITEMS = TABLE["item"]
SHOWN = ("tests", "deviation", "documented")
NAMED = sorted({test for item in ITEMS for test in item.get("tests", [])})
# What levels 1 and 2 of ASVS 5.0.0 hold, chapter by chapter.
SIZES = {1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7}
SIZES |= {10: 29, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16, 17: 7}
TESTABLE, DOCUMENTED, ABSENT = 129, 44, 80


@cache
def functions(path: str) -> set[str]:
    tree = ast.parse((generate.ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_item_of_both_levels_stands_once() -> None:
    own = [item["code"] for item in ITEMS if item["level"] < 3]
    codes = own + [code for each in TABLE["absent"] for code in each["codes"]]
    assert max(Counter(codes).values()) == 1
    chapters = Counter(int(code.removeprefix("V").split(".")[0]) for code in codes)
    assert chapters == SIZES


def test_every_item_is_shown_in_one_way() -> None:
    kinds: Counter[str] = Counter()
    for item in ITEMS:
        ways = [way for way in SHOWN if item.get(way)]
        assert len(ways) == 1, item["code"]
        kinds["papers" if ways == ["documented"] else "tested"] += item["level"] < 3
    assert kinds == {"tested": TESTABLE, "papers": DOCUMENTED}
    assert sum(len(each["codes"]) for each in TABLE["absent"]) == ABSENT


def test_what_is_adopted_of_level_three_is_tested() -> None:
    tests = {item["code"]: item.get("tests", []) for item in ITEMS}
    assert tests["V1.2.10"]
    assert len(tests["V16.3.2"]) == 2


@pytest.mark.parametrize("test", NAMED)
def test_a_test_that_an_item_names_exists(test: str) -> None:
    path, _, name = test.partition("::")
    assert name in functions(path)


@pytest.mark.parametrize(
    ("file", "heading"),
    sorted({tuple(item["documented"]) for item in ITEMS if "documented" in item}),
)
def test_a_page_that_an_item_names_has_that_part(file: str, heading: str) -> None:
    text = (generate.DOCS / file).read_text(encoding="utf-8")
    assert re.search(rf"^###? {re.escape(heading)}$", text, flags=re.MULTILINE)


def test_the_page_of_asvs_is_the_one_made_from_its_file() -> None:
    page = (generate.DOCS / "asvs.md").read_text(encoding="utf-8")
    assert page == generate.asvs_page(), "run: python docs/generate.py"
