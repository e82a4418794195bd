"""A worker may be killed at any moment: every notice still leaves, under one number."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from screening.models import Outbox
from tests.smtp_sink import smtp_sink

ROOT = Path(__file__).resolve().parents[2]
# A hundred take some twenty seconds.
KILLS = int(os.environ.get("KILLS", "100"))
# So many that a worker hardly ever dies with nothing to do.
MESSAGES = 8 * KILLS


@pytest.fixture
def numbers(transactional_db: None) -> set[str]:
    """The messages that wait, by their numbers."""
    made = [
        Outbox.objects.create(kind="alert.raised", key=str(number))
        for number in range(MESSAGES)
    ]
    return {str(message.pk) for message in made}


@pytest.fixture
def database(numbers: set[str], tmp_path: Path) -> Path:
    if connection.vendor != "sqlite":
        pytest.skip("The copy is made with SQLite's own means.")
    path = tmp_path / "killed.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    return path


def test_every_notice_outlives_the_workers_that_are_killed(
    database: Path, numbers: set[str]
) -> None:
    with smtp_sink() as sink:
        environ = os.environ | {
            "CLINIC_MODE": "demo",
            "DJANGO_SETTINGS_MODULE": "clinic.settings",
            "DATABASE_URL": f"sqlite:///{database}",
            "CLINIC_EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        }
        command = [sys.executable, "-m", "tests.killing", str(KILLS)]
        subprocess.run(command, cwd=ROOT, env=environ, check=True, timeout=120)
        ids = [str(mail["Message-ID"])[1:].partition("@")[0] for mail in sink.mails]
    assert set(ids) == numbers
    with closing(sqlite3.connect(database)) as copy:
        unsent = "SELECT count(*) FROM screening_outbox WHERE sent_at IS NULL"
        assert copy.execute(unsent).fetchone() == (0,)
