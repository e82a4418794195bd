"""A version leaves as files, and files come in as a draft."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from screening.engine.document import write_directory
from screening.models import Protocol
from screening.services.publishing import publish
from tests.small_protocol import small_document

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> Any:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return json.loads(out.getvalue())


def test_what_is_exported_comes_in_as_the_same_version(tmp_path: Path) -> None:
    active = publish(small_document())
    exported = run("export_protocol", str(tmp_path))
    assert exported["content_hash"] == active.content_hash
    assert exported["files"] == len(list(tmp_path.rglob("*.toml")))
    assert run("publish_protocol", str(tmp_path))["before"] == "1"
    assert run("check_protocol", str(tmp_path))["content_hash"] == active.content_hash


def test_files_come_in_as_a_draft_and_a_draft_goes_out(tmp_path: Path) -> None:
    publish(small_document())
    write_directory(small_document(version="2"), tmp_path)
    imported = run("import_draft", str(tmp_path))
    assert imported["status"] == "draft"
    exported = run("export_protocol", "--version", "2", str(tmp_path))
    assert exported["content_hash"] == imported["content_hash"]
    with pytest.raises(CommandError, match="raise its number"):
        call_command("import_draft", str(tmp_path))
    write_directory(small_document(version="3"), tmp_path)
    with pytest.raises(CommandError, match="There is a draft already"):
        call_command("import_draft", str(tmp_path))


def test_files_with_mistakes_stay_outside(tmp_path: Path) -> None:
    document = small_document(version="2")
    document["safety"] = []
    document["indications"][0]["criterion"][0]["clauses"] = [[]]
    write_directory(document, tmp_path)
    with pytest.raises(CommandError, match="nothing is never enough"):
        call_command("import_draft", str(tmp_path))
    assert not Protocol.objects.filter(status="draft").exists()


def test_what_cannot_be_written_is_refused_with_the_reason(tmp_path: Path) -> None:
    publish(small_document())
    (tmp_path / "sections").mkdir()
    (tmp_path / "sections" / "other.toml").write_text("")
    with pytest.raises(CommandError, match="not of this protocol"):
        call_command("export_protocol", str(tmp_path))
