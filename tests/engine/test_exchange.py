"""A protocol is written as files and read again, and says the same."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.engine.document import (
    ProtocolError,
    content_hash,
    read_directory,
    write_directory,
)
from tests.golden import KETAMINE
from tests.small_protocol import Document, small_document

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
NUMBERS = st.one_of(
    st.integers(-(2**63) + 1, 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
)
CODES = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)


def written(document: Document, folder: Path) -> Document:
    write_directory(document, folder)
    return read_directory(folder)


def test_the_shipped_protocol_survives_the_trip(tmp_path: Path) -> None:
    document = read_directory(KETAMINE)
    assert written(document, tmp_path) == document


def test_the_files_that_ship_are_those_an_export_writes(tmp_path: Path) -> None:
    written(read_directory(KETAMINE), tmp_path)
    shipped = {f.relative_to(KETAMINE): f for f in KETAMINE.rglob("*.toml")}
    exported = {f.relative_to(tmp_path): f for f in tmp_path.rglob("*.toml")}
    assert shipped.keys() == exported.keys()
    for name, file in shipped.items():
        assert file.read_text() == exported[name].read_text(), name


def test_the_same_document_is_the_same_text(tmp_path: Path) -> None:
    document = read_directory(KETAMINE)
    first = {f: f.read_text() for f in write_directory(document, tmp_path)}
    again = written(document, tmp_path)
    assert {f: f.read_text() for f in write_directory(again, tmp_path)} == first


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    text=WORDS,
    number=NUMBERS,
    brands=st.lists(WORDS, max_size=4),
    doses=st.dictionaries(WORDS, NUMBERS, max_size=3),
    codes=st.lists(CODES, min_size=1, max_size=4, unique=True),
    answer=st.one_of(WORDS, NUMBERS, st.booleans()),
)
def test_whatever_it_says_survives_the_trip(
    tmp_path_factory: pytest.TempPathFactory,
    text: str,
    number: float,
    brands: list[str],
    doses: dict[str, float],
    codes: list[str],
    answer: Any,
) -> None:
    document = small_document(title=text, note=text)
    document["medicines"][0] |= {"brands": brands, "minimum_mg": number}
    document["medicines"][0]["diazepam_10mg"] = doses
    section = document["sections"][0]
    document["sections"] = [section | {"code": code} for code in codes]
    section["page"][0]["item"][0] |= {"help": text, "minimum": number}
    section["page"][0]["item"][0]["option"][0]["text"] = text
    clause = {"question": text, "operator": "=", "answer": answer}
    document["indications"][0]["criterion"][0]["clauses"] = [[clause] * 3, [], [clause]]
    folder = tmp_path_factory.mktemp("trip")
    assert content_hash(written(document, folder)) == content_hash(document)


REFUSED = [
    (lambda d: d["sections"][0].update(code="../etc"), "cannot be the name of a file"),
    (lambda d: d["safety"][0].pop("group"), "safety: '' cannot be the name"),
    (lambda d: d["sections"].append(d["sections"][0]), "first would be written in two"),
    (
        lambda d: d["safety"].extend(
            [d["safety"][0] | {"group": "stop"}, d["safety"][0]]
        ),
        "safety: urgent would be written in two places",
    ),
    (lambda d: d["protocol"].update(title="\ud800"), "holds half a character"),
    (lambda d: d["medicines"][0].update(minimum_mg=2**64), "too large a whole number"),
]


@pytest.mark.parametrize(("change", "reason"), REFUSED)
def test_what_files_cannot_say_is_refused_with_the_reason(
    tmp_path: Path, change: Any, reason: str
) -> None:
    document = small_document()
    change(document)
    with pytest.raises(ProtocolError, match=reason):
        write_directory(document, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_directory_of_another_protocol_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "sections").mkdir()
    (tmp_path / "sections" / "other.toml").write_text("")
    with pytest.raises(ProtocolError, match=r"other\.toml is there, and not of this"):
        write_directory(small_document(), tmp_path)
    assert not (tmp_path / "protocol.toml").exists()
