"""A directory of TOML becomes one document, and nothing in it goes unread."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from screening.engine.directory import read_directory
from screening.engine.tidying import ProtocolError
from tests.golden import KETAMINE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KETAMINE, tmp_path / "protocol"))


def refused(folder: Path) -> str:
    with pytest.raises(ProtocolError) as error:
        read_directory(folder)
    return str(error.value)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_order_is_the_one_that_is_declared() -> None:
    document = read_directory(KETAMINE)
    codes = [section["code"] for section in document["sections"]]
    assert codes[:3] == ["start", "help", "about-you"]
    assert document["indications"][0]["code"] == "treatment-resistant-depression"
    groups = list(dict.fromkeys(criterion["group"] for criterion in document["safety"]))
    assert groups == [
        *("urgent", "stop", "caution", "postpone", "medicine", "contradiction")
    ]


def test_the_head_keeps_what_is_no_order() -> None:
    assert set(read_directory(KETAMINE)["protocol"]) <= {
        "url",
        "version",
        "title",
        "note",
    }


@pytest.mark.parametrize(
    "name",
    ["protocol.toml", "scores.toml", "sections/start.toml", "instruments/phq9.toml"],
)
def test_a_file_that_is_missing_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert refused(folder).startswith(Path(name).name)


def test_a_file_that_is_no_toml_is_named(folder: Path) -> None:
    (folder / "medicines.toml").write_text("[[medicine]", encoding="utf-8")
    assert refused(folder).startswith("medicines.toml: ")


def test_a_file_that_is_no_text_is_named(folder: Path) -> None:
    (folder / "sources.toml").write_bytes(b"\xff\xfe\x00")
    assert refused(folder).startswith("sources.toml: ")


def test_lists_too_deep_to_be_read_are_refused(folder: Path) -> None:
    (folder / "sources.toml").write_text("source = " + "[" * 9999, encoding="utf-8")
    assert refused(folder) == "sources.toml: lists too deep to be read"


def test_a_file_that_is_not_listed_is_not_ignored(folder: Path) -> None:
    shutil.copy(folder / "safety" / "stop.toml", folder / "safety" / "stop-two.toml")
    assert refused(folder) == "safety: not listed: stop-two"


@pytest.mark.parametrize("order", ['"start"', "3", "[1]", "[[]]"])
def test_an_order_that_is_no_list_of_names_is_refused(folder: Path, order: str) -> None:
    change(folder / "protocol.toml", "sections = [", f"sections = {order}\nrest = [")
    assert refused(folder) == "protocol.toml: sections: a list of names was expected"


def test_a_name_that_no_file_can_have_is_refused(folder: Path) -> None:
    change(folder / "protocol.toml", '"start"', '"sta\\u0000rt"')
    assert refused(folder).endswith("'sta\\x00rt' is no file's name")


@pytest.mark.parametrize("name", ["../elsewhere", "{outside}/elsewhere", "..", ""])
def test_a_list_opens_no_file_outside_the_directory(folder: Path, name: str) -> None:
    outside = folder.parent
    (outside / "elsewhere.toml").write_text("told = 1", encoding="utf-8")
    named = name.format(outside=outside)
    change(folder / "protocol.toml", "sections = [", f'sections = ["{named}",')
    assert refused(folder).startswith("protocol.toml: sections: ")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("scores.toml", "score"),
        ("medicines.toml", "medicine"),
        ("sources.toml", "source"),
        ("safety/stop.toml", "criterion"),
    ],
)
def test_a_list_under_another_name_is_not_dropped_unread(
    folder: Path, name: str, key: str
) -> None:
    change(folder / name, f"[[{key}]]", f"[[{key}s]]")
    assert refused(folder).endswith(f": unknown key {key}s")


@pytest.mark.parametrize(
    "text", ["criterion = 3", 'criterion = ["s"]', "criterion = {}"]
)
def test_a_list_of_something_else_is_refused(folder: Path, text: str) -> None:
    (folder / "safety" / "stop.toml").write_text(text, encoding="utf-8")
    assert "expected" in refused(folder)


def test_a_group_without_criteria_is_empty(folder: Path) -> None:
    (folder / "safety" / "postpone.toml").write_text("", encoding="utf-8")
    groups = {criterion["group"] for criterion in read_directory(folder)["safety"]}
    assert groups == {"urgent", "stop", "caution", "medicine", "contradiction"}
