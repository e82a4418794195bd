"""A restore is rehearsed: nothing lost, nothing erased come back, no key inside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from screening import vault
from screening.models import Protocol, Response
from screening.services import auditing
from screening.services.upkeep import backing_up, erasing
from tests.records import a_sent_response, an_audit_event

ROOT = Path(__file__).resolve().parents[3]
# DRILL=10000 measures what the documents state.
RESPONSES = int(os.environ.get("DRILL", "300"))

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def records(settings: Any, tmp_path: Path) -> Path:
    settings.RECORDS = tmp_path / "records"
    return tmp_path / "records"


@pytest.fixture
def clinic(protocol: Protocol) -> list[Response]:
    """As many sent responses as a drill needs, each under a key of its own."""
    made = []
    for number in range(RESPONSES):
        now = timezone.now()
        response = Response(
            protocol=protocol,
            reference=f"{number:08}",
            status="completed",
            submitted_at=now,
            due_at=now,
            priority=6,
        )
        response.key = vault.create_key(response.context)
        response.document = {"answers": {"full-name": f"Patient {number}"}}
        made.append(response)
    Response.objects.bulk_create(made, batch_size=100)
    an_audit_event()
    return made


def backup(path: Path) -> Any:
    out = StringIO()
    call_command("backup", str(path), stdout=out)
    return json.loads(out.getvalue())


def on(url: str, *command: str, records: Path) -> subprocess.CompletedProcess[str]:
    environ = os.environ | {
        "CLINIC_MODE": "demo",
        "DJANGO_SETTINGS_MODULE": "clinic.settings",
        "DATABASE_URL": url,
        "CLINIC_RECORDS": str(records),
    }
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def restored(tmp_path: Path) -> Iterator[Any]:
    """Restore a backup the way the documents say, and return where to find it."""
    if connection.vendor == "sqlite":
        yield lambda path: f"sqlite:///{path}"
        return
    known = connection.get_connection_params()
    name = f"drill_{uuid.uuid4().hex[:8]}"
    where = ["--host", known["host"], "--username", known["user"]]

    def restore(path: Path) -> str:
        subprocess.run(["createdb", *where, name], check=True)
        command = ["pg_restore", *where, "--no-owner", "--exit-on-error"]
        subprocess.run([*command, f"--dbname={name}", str(path)], check=True)
        return f"postgres://{known['user']}@/{name}?host={known['host']}"

    yield restore
    subprocess.run(["dropdb", *where, "--if-exists", name], check=True)


def test_a_restore_brings_back_all_but_what_was_erased(
    clinic: list[Response], restored: Any, tmp_path: Path, records: Path
) -> None:
    erased_before = clinic[0]
    erasing.erase(erased_before.reference)
    made = backup(tmp_path / "backup")
    erased_since = clinic[1]
    erasing.erase(erased_since.reference)
    url = restored(tmp_path / "backup")
    run = on(
        url,
        "check_restore",
        "--sample",
        "100000",
        "--head",
        made["head"],
        records=records,
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["sound"]
    assert found["responses"] == made["responses"] == RESPONSES
    assert found["erased_again"] == [str(erased_since.pk)]
    assert found["read"] == RESPONSES - 2
    assert (found["unreadable"], found["guards_missing"], found["chain"]) == (
        [],
        [],
        [],
    )


def test_a_backup_holds_no_key_and_no_word_of_a_patient(
    clinic: list[Response], tmp_path: Path
) -> None:
    path = tmp_path / "backup"
    backup(path)
    held = path.read_bytes()
    if connection.vendor == "postgresql":
        dumped = ["pg_restore", "--file=-", str(path)]
        held = subprocess.run(dumped, check=True, capture_output=True).stdout
    for key in (*configured.VAULT_KEYS.values(), configured.VAULT_AUDIT_KEY):
        assert key not in held
        assert key.hex().encode() not in held
    assert b"Patient 7" not in held
    assert path.stat().st_mode & 0o077 == 0


def test_a_backup_is_never_written_over(protocol: Protocol, tmp_path: Path) -> None:
    path = tmp_path / "backup"
    path.write_text("an older one")
    with pytest.raises(CommandError, match="there already"):
        backup(path)
    assert path.read_text() == "an older one"
    with pytest.raises(CommandError, match="cannot be written"):
        backup(tmp_path / "nowhere" / "backup")


def test_a_dump_that_fails_is_told(
    protocol: Protocol, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite needs no other program.")
    monkeypatch.setenv("PGOPTIONS", "--no-such-option")
    with pytest.raises(CommandError, match="did not finish"):
        backup(tmp_path / "backup")


def test_a_dump_asks_for_the_certificate_that_the_server_asks_for(
    protocol: Protocol, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite is spoken to over no line.")
    program = tmp_path / "pg_dump"
    program.write_text(f"#!/bin/sh\nenv > {tmp_path}/told; echo $* > {tmp_path}/said\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    way = {"sslmode": "verify-full", "sslrootcert": "/srv/root.crt", "password": "p4ss"}
    for name, value in way.items():
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], name, value)
    backup(tmp_path / "backup")
    told = (tmp_path / "told").read_text().splitlines()
    assert {"PGSSLMODE=verify-full", "PGSSLROOTCERT=/srv/root.crt"} <= set(told)
    assert "PGPASSWORD=p4ss" in told
    assert "p4ss" not in (tmp_path / "said").read_text()


def test_a_restore_that_cannot_be_read_is_not_sound(protocol: Protocol) -> None:
    a_sent_response(protocol)
    lost = a_sent_response(protocol)
    Response.objects.filter(pk=lost.pk).update(wrapped_key=b"x" * 60)
    found = backing_up.check_restored()
    assert (found.read, found.unreadable) == (2, [str(lost.pk)])
    out = StringIO()
    with pytest.raises(CommandError, match="not sound"):
        call_command("check_restore", stdout=out)
    assert json.loads(out.getvalue())["sound"] is False


def test_a_restore_whose_chain_was_cut_is_not_sound(protocol: Protocol) -> None:
    an_audit_event()
    assert backing_up.check_restored(known_head=auditing.head()).is_sound
    assert not backing_up.check_restored(known_head="0" * 64).is_sound
