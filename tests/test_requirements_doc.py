"""Every demand of the clinic's document is accounted for, once, and truthfully."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from docs import generate

REQUIREMENTS = generate.requirements()
BY_CODE = {entry["code"]: entry for entry in REQUIREMENTS}
WANTED = [
    *(f"S{n}" for n in range(1, 120)),
    *(f"T{n}" for n in range(1, 12)),
    *(f"A{n}" for n in range(1, 3)),
]
CITING = ("sections/*.toml", "indications/*.toml", "safety/*.toml")


def cited(table: Any) -> Iterator[str]:
    """Yield every source that an item or a criterion cites, wherever it stands."""
    if isinstance(table, list):
        for entry in table:
            yield from cited(entry)
    elif isinstance(table, dict):
        yield from table.get("sources", [])
        for value in table.values():
            yield from cited(value)


def test_every_requirement_and_tension_stands_exactly_once() -> None:
    assert Counter(entry["code"] for entry in REQUIREMENTS) == Counter(WANTED)


@pytest.mark.parametrize("entry", REQUIREMENTS, ids=lambda entry: entry["code"])
def test_a_requirement_says_where_it_is_met_or_why_not(entry: generate.Table) -> None:
    if entry["status"] == "implemented":
        assert entry.get("codes") or entry.get("where")
        assert "reason" not in entry
    else:
        assert entry["status"] in {"later", "not printed"}
        assert entry["reason"]
        assert "codes" not in entry


def test_every_code_that_is_named_exists_in_the_protocol() -> None:
    named = {code for entry in REQUIREMENTS for code in entry.get("codes", [])}
    assert named - set(generate.places()) == set()


def test_every_file_that_is_named_exists() -> None:
    named = {path for entry in REQUIREMENTS for path in entry.get("where", [])}
    assert [path for path in sorted(named) if not (generate.ROOT / path).exists()] == []


def test_whatever_the_protocol_cites_is_marked_as_implemented() -> None:
    files = [path for name in CITING for path in generate.PROTOCOL.glob(name)]
    codes = {code for path in files for code in cited(generate.read(path))}
    codes &= set(WANTED)
    assert codes
    assert {code for code in codes if BY_CODE[code]["status"] != "implemented"} == set()


def test_a_claim_that_is_kept_off_every_page_is_quoted_nowhere() -> None:
    kept_off = {e["code"] for e in REQUIREMENTS if e["status"] == "not printed"}
    sources = generate.read(generate.PROTOCOL / "sources.toml")["source"]
    assert [s["code"] for s in sources if s["code"] in kept_off and "quote" in s] == []


def test_the_page_of_requirements_is_the_one_made_from_its_file() -> None:
    page = (generate.DOCS / "requirements.md").read_text(encoding="utf-8")
    assert page == generate.requirements_page(), "run: python docs/generate.py"
