"""A database that takes a question and says nothing is given up, and soon."""

from __future__ import annotations

import io
import os
import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from clinic.databases import hurry, opened
from clinic.impatient.base import DatabaseWrapper
from screening.models import Heartbeat
from screening.services.safety import drilling

ON_POSTGRESQL = "postgres" in os.environ.get("DATABASE_URL", "")
needs_postgresql = pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has no line")
POSTGRESQL = "django.db.backends.postgresql"


class Between:
    """Stands between a page and PostgreSQL, and hands on what either says."""

    def __init__(self, behind: str = "") -> None:
        self.is_silent, self._behind = not behind, behind
        self._heard, self._lines = socket.create_server(("127.0.0.1", 0)), []
        self.port = self._heard.getsockname()[1]
        self._taking = threading.Thread(target=self._take, daemon=True)
        self._taking.start()

    def close(self) -> None:
        self._heard.shutdown(socket.SHUT_RDWR)
        self._taking.join(5)
        for line in [self._heard, *self._lines]:
            line.close()

    def _take(self) -> None:
        while True:
            with suppress(OSError):
                line = self._heard.accept()[0]
                self._lines.append(line)
                if self._behind:
                    self._hand_on(line)
                continue
            return

    def _hand_on(self, line: socket.socket) -> None:
        behind = socket.socket(socket.AF_UNIX)
        behind.connect(self._behind)
        self._lines.append(behind)
        pair = {line: behind, behind: line}
        threading.Thread(target=self._relay, args=(pair,), daemon=True).start()

    def _relay(self, pair: dict[socket.socket, socket.socket]) -> None:
        with suppress(OSError, ValueError):
            while True:
                for said in select.select(list(pair), [], [])[0]:
                    words = said.recv(65536)
                    if not words:
                        return
                    if not self.is_silent:
                        pair[said].sendall(words)


@contextmanager
def standing_between(behind: str = "") -> Iterator[Between]:
    between = Between(behind)
    try:
        yield between
    finally:
        between.close()


def through(between: Between, **own: Any) -> DatabaseWrapper:
    """Return a line to the database as a page has it, by way of somebody else."""
    found = opened({**connection.settings_dict, "ENGINE": POSTGRESQL, "OPTIONS": {}})
    hurry(found)
    way = {"HOST": "127.0.0.1", "PORT": str(between.port), "NAME": own.pop("name", "x")}
    return DatabaseWrapper(found | way | own, alias="silent")


def waited_for(ask: Any) -> float:
    began = time.monotonic()
    with pytest.raises(OperationalError):
        ask()
    return time.monotonic() - began


@pytest.mark.django_db
def test_a_database_that_only_takes_the_line_is_given_up() -> None:
    with standing_between() as between:
        assert waited_for(through(between, USER="nobody").ensure_connection) < 4


@needs_postgresql
@pytest.mark.django_db
def test_one_that_falls_silent_is_given_up_and_asked_anew_later() -> None:
    of = connection.settings_dict
    folder = of["HOST"] or of["OPTIONS"]["host"]
    with standing_between(f"{folder}/.s.PGSQL.5432") as between:
        line = through(between, name=of["NAME"])
        line.settings_dict["SILENCE"] = 0.3

        def ask() -> Any:
            with line.cursor() as cursor:
                cursor.execute("SELECT 1")
                return cursor.fetchone()

        assert ask() == (1,)
        between.is_silent = True
        assert waited_for(ask) < 2
        assert not line.is_usable()
        line.close()
        between.is_silent = False
        assert ask() == (1,)
        line.close()


@pytest.mark.django_db
def test_the_worker_gives_it_up_after_a_minute_too() -> None:
    connection.settings_dict.pop("SILENCE", None)
    Heartbeat.objects.create(name=drilling.STARTED)
    call_command("run_worker", once=True, stdout=io.StringIO())
    assert connection.settings_dict.pop("SILENCE") == 60
