"""`manage.py run_worker`: it sends what waits, says that it lives, ends politely."""

from __future__ import annotations

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from screening.models import AlertEvent, Heartbeat, Outbox, Protocol
from screening.services import answering
from screening.services.safety import drilling
from tests.golden import profile
from tests.smtp_sink import ACCEPT, HANG, Sink, smtp_sink

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20  # seconds until a worker of its own process must have acted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def drill_of_the_day_is_done(request: pytest.FixtureRequest) -> None:
    """Its mail would be counted with the others."""
    real = request.node.get_closest_marker("django_db")
    whole = real is not None and real.kwargs.get("transaction")
    request.getfixturevalue("transactional_db" if whole else "db")
    Heartbeat.objects.create(name=drilling.STARTED)


@pytest.fixture
def stop_signal_held() -> Iterator[None]:
    """A stop signal from a test must reach the worker, never the tests themselves."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    yield
    signal.sigtimedwait({signal.SIGTERM}, 0)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)


@pytest.fixture
def told_to_stop(stop_signal_held: None) -> None:
    """A signal that already waits: the worker finds it at the end of its round."""
    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)


def message(key: str = "one") -> Outbox:
    return Outbox.objects.create(kind="response.submitted", key=key)


def once() -> Any:
    out = io.StringIO()
    call_command("run_worker", "--once", stdout=out)
    return json.loads(out.getvalue())


def test_once_empties_the_outbox_and_says_how_it_went() -> None:
    message("one")
    message("two")
    assert once() == {"sent": 2, "not_sent": 0}
    assert len(mail.outbox) == 2
    assert Heartbeat.objects.exists()


def test_once_counts_what_could_not_be_sent(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    message()
    assert once() == {"sent": 0, "not_sent": 1}


def test_once_passes_on_an_alert_that_nobody_took(protocol: Protocol) -> None:
    response = answering.begin(protocol=protocol, answers=profile("base"))
    last_week = timezone.now() - timedelta(days=7)
    answering.save_page(response.pk, answers={"safe-now": "no"}, at=last_week)
    once()
    assert AlertEvent.objects.filter(kind="escalated").exists()
    assert mail.outbox[0].subject == "1 urgent response is waiting"


def test_once_begins_the_drill_of_the_day(protocol: Protocol) -> None:
    Heartbeat.objects.filter(name=drilling.STARTED).delete()
    assert once() == {"sent": 1, "not_sent": 0}
    assert mail.outbox[0].subject == "Drill: nothing needs to be done"


@pytest.mark.django_db(transaction=True)
def test_a_signal_that_came_before_the_work_lets_one_message_go(
    told_to_stop: None,
) -> None:
    message("one")
    message("two")
    call_command("run_worker")
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_goes_on_until_it_is_told_to_stop(stop_signal_held: None) -> None:
    message("one")
    message("two")
    tests = threading.get_ident()
    later = threading.Timer(1, signal.pthread_kill, (tests, signal.SIGTERM))
    later.start()
    call_command("run_worker")
    assert len(mail.outbox) == 2


@pytest.mark.django_db(transaction=True)
def test_signals_are_as_before_once_the_worker_is_done(told_to_stop: None) -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    call_command("run_worker")
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == before


@pytest.mark.django_db(transaction=True)
def test_a_database_that_fails_does_not_end_the_worker(
    told_to_stop: None, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        raise DatabaseError("away")

    with connection.execute_wrapper(refuse):
        call_command("run_worker")
    assert "The worker could not beat." in caplog.text
    assert "The worker could not deliver next." in caplog.text


# A worker of its own process, on a database of its own


@pytest.fixture
def one_message(transactional_db: None) -> None:
    message()


@pytest.fixture
def database(one_message: None, tmp_path: Path) -> Path:
    """The tests' database as a file, so that another process can open it."""
    if connection.vendor != "sqlite":
        pytest.skip("The copy is made with SQLite's own means.")
    path = tmp_path / "worker.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    return path


@contextmanager
def worker(database: Path, sink: Sink) -> Iterator[subprocess.Popen[bytes]]:
    environ = os.environ | {
        "CLINIC_MODE": "demo",
        "DJANGO_SETTINGS_MODULE": "clinic.settings",
        "DATABASE_URL": f"sqlite:///{database}",
        "CLINIC_EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
    }
    command = [sys.executable, "manage.py", "run_worker"]
    with subprocess.Popen(command, cwd=ROOT, env=environ) as running:
        try:
            yield running
        finally:
            running.kill()


def read(database: Path, question: str) -> Any:
    with closing(sqlite3.connect(database, timeout=PATIENCE)) as copy, copy:
        return copy.execute(question).fetchone()


def until(happened: Callable[[], Any]) -> Any:
    end = time.monotonic() + PATIENCE
    while not (found := happened()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def test_a_worker_sends_beats_and_ends_when_it_is_told(
    database: Path,
) -> None:
    with smtp_sink() as sink, worker(database, sink) as running:
        assert until(lambda: read(database, "SELECT sent_at FROM screening_outbox")[0])
        running.send_signal(signal.SIGTERM)
        assert running.wait(PATIENCE) == 0
        assert len(sink.mails) == 1
    beat = "SELECT name FROM screening_heartbeat WHERE name = 'worker'"
    assert read(database, beat) == ("worker",)


def test_a_worker_that_was_killed_leaves_its_message_to_the_next(
    database: Path,
) -> None:
    with smtp_sink(HANG) as sink:
        with worker(database, sink) as running:
            assert sink.called.wait(PATIENCE)
            running.kill()
            running.wait(PATIENCE)
        sink.mood = ACCEPT
        lease_over = "UPDATE screening_outbox SET due_at = '2000-01-01 00:00:00'"
        read(database, lease_over)
        with worker(database, sink):
            assert until(lambda: sink.mails)
    pk, attempts = read(database, "SELECT id, attempts FROM screening_outbox")
    assert attempts == 2
    assert pk in str(sink.mails[0]["Message-ID"]).replace("-", "")


def test_a_worker_told_to_stop_finishes_the_message_in_hand(
    database: Path,
) -> None:
    with smtp_sink(HANG) as sink, worker(database, sink) as running:
        assert sink.called.wait(PATIENCE)
        running.send_signal(signal.SIGTERM)
        sink.closing.set()
        assert running.wait(PATIENCE) == 0
    error = "SELECT last_error FROM screening_outbox"
    assert read(database, error) == ("SMTPServerDisconnected",)
