"""What patients and staff write stands in no log, mail, session, cache or backup."""

from __future__ import annotations

import io
import logging
import pickle
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test import Client

from clinic.logs import ReticentFormatter
from screening.models import Protocol, Response, Role, SafetyAlert
from screening.services.journey import codes
from screening.services.upkeep import backing_up
from tests import patients, walking
from tests.canaries import CANARY, DIGITS, answers_with_canaries, silent

pytestmark = pytest.mark.django_db(transaction=True)

PROFILES = ("p45-thoughts-of-suicide-now", "p46-pain-patient-not-safe-now")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that any part of the server says, as production would write it."""
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(ReticentFormatter())
    root.addHandler(handler)
    before = root.level
    root.setLevel(logging.DEBUG)
    named = [logging.getLogger(name) for name in ("django", "screening", "allauth")]
    levels = [logger.level for logger in named]
    for logger in named:
        logger.setLevel(logging.DEBUG)
    connection.force_debug_cursor = True
    yield stream
    connection.force_debug_cursor = False
    for logger, level in zip(named, levels, strict=True):
        logger.setLevel(level)
    root.setLevel(before)
    root.removeHandler(handler)


def refuse(execute: Any, sql: str, params: Any, *rest: Any) -> Any:
    raise DatabaseError(f"{sql} {params!r} {CANARY}")


def fail_everywhere(client: Client, path: str) -> None:
    """Have each step of a request fail, with an error that quotes what it was given."""
    client.raise_request_exception = False
    with connection.execute_wrapper(refuse):
        client.post(path, {"full-name": CANARY, "note": CANARY})
        client.get(f"{path}?q={CANARY}")
    client.get(f"/{CANARY}/")
    client.post("/resume/", {"resume-code": CANARY, "birth-date-year": CANARY})


@pytest.fixture
def clinic(protocol: Protocol, log: io.StringIO, settings: Any) -> list[Response]:
    """Two patients send, staff write notes, mail fails, the database fails."""
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    sent = []
    for slug in PROFILES:
        client = Client()
        walking.walk(
            client, protocol.engine, answers_with_canaries(protocol.engine, slug)
        )
        fail_everywhere(client, "/page/about-you/")
        client.raise_request_exception = True
        sent.append(walking.send(client))
    staff_write(sent)
    call_command("run_worker", "--once", stdout=io.StringIO())
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    call_command("run_worker", "--once", stdout=io.StringIO())
    return sent


def staff_write(sent: list[Response]) -> None:
    desk = Client()
    desk.force_login(patients.person(Role.LEAD))
    for response in sent:
        path = f"/staff/case/{response.pk}/review/"
        choice = "urgent-contact/suicide-answers"
        said = {"choice": choice, "note": CANARY, "version": response.version}
        assert desk.post(path, said).status_code == 302
        fail_everywhere(desk, path)
    for alert in SafetyAlert.objects.all():
        tried = {"how": "phone", "outcome": "reached", "note": CANARY}
        assert desk.post(f"/staff/alert/{alert.pk}/try/", tried).status_code == 302
    desk.post("/staff/account/login/", {"login": CANARY, "password": CANARY})


def test_the_canaries_are_where_they_belong(clinic: list[Response]) -> None:
    for response in clinic:
        held = str(Response.objects.get(pk=response.pk).answers)
        assert held.count(CANARY) >= 4
    assert CANARY in str([r.reviews.get().note for r in clinic])


def test_no_log_sings(clinic: list[Response], log: io.StringIO) -> None:
    said = log.getvalue()
    assert "DatabaseError" in said
    assert "INSERT INTO" in said
    assert silent(said)
    assert not [r for r in clinic if codes.grouped(r.reference) in said]


def test_no_mail_sings(clinic: list[Response]) -> None:
    assert mail.outbox
    assert silent("".join(str(each.message()) for each in mail.outbox))


def test_no_session_and_no_cache_sings(clinic: list[Response]) -> None:
    sessions = [session.get_decoded() for session in Session.objects.all()]
    assert sessions
    assert silent(str(sessions))
    kept = [pickle.loads(held) for held in cache._cache.values()]  # type: ignore[attr-defined]
    assert silent(str(kept) + str(list(cache._cache)))  # type: ignore[attr-defined]


def test_no_database_file_and_no_dump_sings(
    clinic: list[Response], tmp_path: Path
) -> None:
    path = tmp_path / "backup"
    backing_up.back_up(path)
    held = path.read_bytes()
    if connection.vendor == "postgresql":
        dumped = ["pg_restore", "--file=-", str(path)]
        held = subprocess.run(dumped, check=True, capture_output=True).stdout
    assert clinic[0].reference.encode() in held
    for canary in (CANARY.encode(), DIGITS.encode()):
        assert canary not in held
        assert canary.hex().encode() not in held
