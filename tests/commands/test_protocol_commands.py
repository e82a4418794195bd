"""Checking, publishing and describing a protocol from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from screening.models import Protocol
from screening.services.publishing import publish
from tests.golden import KETAMINE
from tests.small_protocol import small_document

Command = Callable[..., Any]
SHIPPED = str(KETAMINE)


def run(*arguments: str) -> Any:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return json.loads(out.getvalue())


def _broken_copy(folder: Path) -> Path:
    for path in KETAMINE.rglob("*.toml"):
        copy = folder / path.relative_to(KETAMINE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        copy.write_text(text.replace("phq9-total", "phq9-sum", 1), encoding="utf-8")
    return folder


def test_checking_needs_no_database() -> None:
    """Any query would fail: this test asks for no database."""
    result = run("check_protocol", SHIPPED)
    assert result["mistakes"] == []
    assert result["version"] == "1.0.0"
    assert len(result["content_hash"]) == 64


def test_checking_names_each_mistake_twice_for_people_and_for_programs(
    tmp_path: Path,
) -> None:
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("check_protocol", str(_broken_copy(tmp_path)), stdout=out)
    mistakes = json.loads(out.getvalue())["mistakes"]
    assert mistakes
    assert set(mistakes[0]) == {"place", "code", "message", "why"}
    assert len(str(error.value).splitlines()) == len(mistakes)


@pytest.mark.parametrize("command", ["check_protocol", "publish_protocol"])
@pytest.mark.django_db
def test_a_directory_that_is_not_there_is_said_to_be_missing(command: str) -> None:
    with pytest.raises(CommandError, match=r"protocol\.toml"):
        call_command(command, "nowhere")


@pytest.mark.django_db
def test_publishing_says_what_is_asked_now(document: dict[str, Any]) -> None:
    publish(small_document())
    result = run("publish_protocol", SHIPPED)
    assert result["status"] == "active"
    assert result["before"] == "1"
    assert "Criterion u-wish is removed." in result["changes"]
    assert Protocol.objects.current().content_hash == result["content_hash"]


@pytest.mark.django_db
def test_publishing_the_first_protocol_changes_nothing_before_it() -> None:
    Protocol.objects.update(status="retired")
    result = run("publish_protocol", SHIPPED)
    assert (result["before"], result["changes"]) == (None, [])


@pytest.mark.django_db
def test_a_refused_protocol_is_not_published(
    protocol: Protocol, tmp_path: Path
) -> None:
    with pytest.raises(CommandError):
        call_command("publish_protocol", str(_broken_copy(tmp_path)))
    assert Protocol.objects.current() == protocol


@pytest.mark.django_db
def test_describing_tells_the_whole_protocol(protocol: Protocol) -> None:
    told = run("describe_protocol")
    assert told["version"] == protocol.version
    items = _items(told)
    assert set(items) >= {"phq9-9", "asq-5", "mood-treatments", "call-me"}
    assert {score["code"] for score in told["scores"]} >= {"phq9-total", "peg-mean"}
    criteria = [c for one in told["indications"] for c in one["criteria"]]
    assert all(c["statement"] and c["clauses"] for c in (*criteria, *told["safety"]))
    assert all(c["source"] for c in criteria if c["kind"] != "note")


@pytest.mark.django_db
def test_describing_puts_an_instruments_words_where_they_are_asked(
    protocol: Protocol,
) -> None:
    item = _items(run("describe_protocol"))["phq9-1"]
    assert item["type"] == "choice"
    assert item["text"]
    assert [option["score"] for option in item["options"]] == [0, 1, 2, 3]
    assert item["can_decline"] is True


@pytest.mark.django_db
def test_an_older_version_is_described_on_demand(protocol: Protocol) -> None:
    publish(small_document())
    assert run("describe_protocol")["title"] == "Small"
    told = run("describe_protocol", "--version", protocol.version)
    assert (told["title"], told["status"]) == (protocol.title, "retired")


@pytest.mark.django_db
def test_a_version_that_was_never_published_is_not_described() -> None:
    with pytest.raises(CommandError, match=r"No version 9\.9 is published"):
        call_command("describe_protocol", "--version", "9.9")


def _items(told: Any) -> dict[str, Any]:
    pages = [page for section in told["sections"] for page in section["pages"]]
    return {item["link_id"]: item for page in pages for item in page["items"]}
