"""The threat model is whole, and the tests it names exist."""

from __future__ import annotations

import ast
import re

import pytest

from docs.generate import DOCS, ROOT

PAGE = (DOCS / "threat-model.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| T")
]
NAMED = sorted(set(re.findall(r"`(tests/[\w/.]+::\w+)`", PAGE)))


def test_every_threat_stands_once_in_order() -> None:
    assert [row[0] for row in ROWS] == [f"T{number}" for number in range(1, 31)]


def test_every_threat_has_a_test_or_says_what_is_missing() -> None:
    assert [row[0] for row in ROWS if not (row[3] or row[4])] == []


@pytest.mark.parametrize("test", NAMED)
def test_a_test_that_a_threat_names_exists(test: str) -> None:
    path, _, name = test.partition("::")
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert name in {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}
