"""Keys are rotated while the clinic goes on, and nothing becomes unreadable."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from screening import vault
from screening.models import AuditEvent, Protocol, Response
from screening.services import answering
from screening.services.upkeep import rotating
from screening.vault import keyring
from tests.records import a_draft, a_sent_response

ROOT = Path(__file__).resolve().parents[3]
KILLS = 5

pytestmark = pytest.mark.django_db


def activate(settings: Any) -> None:
    settings.VAULT_KEYS = {**settings.VAULT_KEYS, "second": bytes(range(32))}
    settings.VAULT_ACTIVE_KEY = "second"


def test_every_data_key_moves_and_all_stays_readable(
    protocol: Protocol, settings: Any
) -> None:
    rows = [a_draft(protocol), a_sent_response(protocol), a_draft(protocol)]
    sealed = [bytes(row.sealed_answers) for row in rows]
    activate(settings)
    done = rotating.rotate(batch=2)
    assert (done.rewrapped, done.left, done.unreadable) == (3, 0, [])
    assert done.unused == ["first"]
    for row, before in zip(rows, sealed, strict=True):
        row.refresh_from_db()
        assert (row.key_id, bytes(row.sealed_answers)) == ("second", before)
        assert row.answers
    assert AuditEvent.objects.get(action="keys.rotated").meta["rewrapped"] == 3


def test_a_second_rotation_has_nothing_to_do(protocol: Protocol, settings: Any) -> None:
    a_draft(protocol)
    activate(settings)
    rotating.rotate()
    assert rotating.rotate().rewrapped == 0
    assert AuditEvent.objects.filter(action="keys.rotated").count() == 1


def test_a_key_in_use_is_not_called_unused(protocol: Protocol, settings: Any) -> None:
    a_draft(protocol)
    activate(settings)
    assert rotating.Rotation().unused == []


def test_an_erased_key_stays_erased(protocol: Protocol, settings: Any) -> None:
    row = a_draft(protocol, wrapped_key=b"")
    activate(settings)
    assert rotating.rotate().rewrapped == 0
    row.refresh_from_db()
    assert row.is_erased


def test_an_erasure_in_between_is_not_undone(protocol: Protocol, settings: Any) -> None:
    row = a_draft(protocol)
    activate(settings)
    found = rotating._next(uuid.UUID(int=0), 10)
    Response.objects.filter(pk=row.pk).update(wrapped_key=b"")
    done = rotating.Rotation()
    rotating._rewrap_batch(found, done)
    row.refresh_from_db()
    assert row.is_erased
    assert done.rewrapped == 0


def test_a_page_may_be_saved_by_who_read_the_row_before(
    protocol: Protocol, settings: Any
) -> None:
    row = answering.begin(protocol=protocol, answers={})
    activate(settings)
    rotating.rotate()
    answering.save_page(row.pk, answers={"full-name": "Ada Quill"})
    row.refresh_from_db()
    assert (row.key_id, row.answers["full-name"]) == ("second", "Ada Quill")


def test_a_data_key_that_cannot_be_opened_is_named_and_left(
    protocol: Protocol, settings: Any
) -> None:
    lost = a_draft(protocol)
    Response.objects.filter(pk=lost.pk).update(wrapped_key=b"x" * 60)
    kept = a_draft(protocol)
    activate(settings)
    out = StringIO()
    with pytest.raises(CommandError, match="1 data keys cannot be opened"):
        call_command("rotate_keys", stdout=out)
    said = json.loads(out.getvalue())
    assert said["unreadable"] == [str(lost.pk)]
    assert (said["rewrapped"], said["left"]) == (1, 1)
    kept.refresh_from_db()
    assert kept.key_id == "second"


def test_a_key_is_added_then_activated_from_the_command_line(
    settings: Any, tmp_path: Path
) -> None:
    settings.KEYRING = tmp_path / "keyring.json"
    keyring.create_keyring(settings.KEYRING)
    out = StringIO()
    call_command("add_key", "2027-01", stdout=out)
    assert json.loads(out.getvalue()) == {
        "active": "first",
        "keys": ["2027-01", "first"],
    }
    out = StringIO()
    call_command("add_key", "2027-01", "--activate", stdout=out)
    assert json.loads(out.getvalue())["active"] == "2027-01"
    with pytest.raises(CommandError, match="already"):
        call_command("add_key", "2027-01")


# A rotation of its own process, killed again and again


@pytest.mark.django_db(transaction=True)
def test_a_rotation_that_is_killed_goes_on_where_it_stopped(
    protocol: Protocol, settings: Any, tmp_path: Path
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("The copy is made with SQLite's own means.")
    rows = [a_draft(protocol).pk for _ in range(200)]
    path, ring = tmp_path / "clinic.sqlite3", tmp_path / "keyring.json"
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    ring.write_text(Path(settings.KEYRING).read_text())
    keyring.add_key(ring, "second")
    keyring.activate_key(ring, "second")
    for _ in range(KILLS):
        _rotate(path, ring, until_more_than=_moved(path))
    assert _moved(path) < len(rows)
    said = json.loads(_rotate(path, ring))
    assert (said["left"], said["unreadable"]) == (0, [])
    settings.VAULT_KEYS = keyring.read_keyring(ring).keys
    with closing(sqlite3.connect(path)) as copy:
        found = copy.execute("SELECT id, key_id, wrapped_key FROM screening_response")
        keys = {row[0]: vault.WrappedKey(row[1], row[2]) for row in found}
    for pk in rows:
        context = Response(pk=pk).context
        assert vault.rewrap(keys[pk.hex], context).key_id == settings.VAULT_ACTIVE_KEY


def _moved(path: Path) -> int:
    with closing(sqlite3.connect(path)) as copy:
        moved = "SELECT count(*) FROM screening_response WHERE key_id = 'second'"
        return int(copy.execute(moved).fetchone()[0])


def _rotate(path: Path, ring: Path, until_more_than: int | None = None) -> str:
    """Rotate in another process; kill it once it has moved more keys than that."""
    environ = os.environ | {
        "CLINIC_MODE": "demo",
        "DJANGO_SETTINGS_MODULE": "clinic.settings",
        "DATABASE_URL": f"sqlite:///{path}",
        "CLINIC_VAULT_KEYRING": str(ring),
    }
    command = [sys.executable, "manage.py", "rotate_keys", "--batch", "1"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True
    ) as running:
        if until_more_than is not None:
            while running.poll() is None and _moved(path) <= until_more_than:
                time.sleep(0.001)
            running.send_signal(signal.SIGKILL)
        return running.communicate()[0]
