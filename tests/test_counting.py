"""Budgets in production's cache: they last, and lose no count."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client

from clinic import counting
from screening.models import AuditEvent, Protocol, Role
from screening.services.journey import codes
from screening.views.throttle import TRIES_OF_A_CODE, TRIES_TO_RESUME
from tests import patients
from tests.test_guessing import resume
from tests.test_settings import settings_of, start
from tests.test_signing_in import sign_in

__all__ = ["start"]
pytestmark = pytest.mark.django_db
MANY = 8


@pytest.fixture
def table(settings: Any) -> Any:
    """The cache as it is set for production, in this test's database."""
    backend = f"{counting.__name__}.{counting.CountingCache.__name__}"
    kept = {"BACKEND": backend, "LOCATION": "cache", "OPTIONS": {"MAX_ENTRIES": 10**5}}
    settings.CACHES = {"default": kept}
    call_command("createcachetable", verbosity=0)
    return caches["default"]


def test_production_counts_in_that_cache(start: Any) -> None:
    kept = settings_of(start())["CACHES"]["default"]
    assert kept["BACKEND"] == "clinic.counting.CountingCache"
    assert kept["OPTIONS"]["MAX_ENTRIES"] >= 10**5


def test_an_hours_budget_lasts_an_hour(table: Any, protocol: Protocol) -> None:
    now = time.time()
    with time_machine.travel(now, tick=False):
        for _ in range(TRIES_TO_RESUME):
            assert resume(codes.new_resume_code()).status_code == 422
        assert resume(codes.new_resume_code()).status_code == 429
    with time_machine.travel(now + 40 * 60, tick=False):
        assert resume(codes.new_resume_code()).status_code == 429
    with time_machine.travel(now + 61 * 60, tick=False):
        assert resume(codes.new_resume_code()).status_code == 422


def test_other_names_push_no_counter_out(table: Any) -> None:
    table.add("mine", 0, 3600)
    table.incr("mine")
    for number in range(400):
        table.add(f"other-{number}", 0, 3600)
    assert table.get("mine") == 1


def test_what_is_not_counted_cannot_be_counted_on(table: Any) -> None:
    with pytest.raises(ValueError, match="Nothing is counted"):
        table.incr("never")
    table.add("over", 0, 1)
    with time_machine.travel(time.time() + 5), pytest.raises(ValueError, match="over"):
        table.incr("over")
    table.add("down", 3, 60)
    assert table.decr("down") == 2


def test_a_found_code_allows_few_birth_dates(protocol: Protocol, settings: Any) -> None:
    draft = patients.draft(protocol)
    found, day = draft.document["resume_code"], {"birth-date-month": "5"}
    for number in range(TRIES_OF_A_CODE + 1):
        typed = {"resume-code": found, "birth-date-year": "1984", "birth-date-day": "2"}
        elsewhere = f"192.0.2.{number}"
        answer = Client().post("/resume/", typed | day, REMOTE_ADDR=elsewhere)
    assert answer.status_code == 429
    shut = resume(found, REMOTE_ADDR="198.51.100.7")
    assert shut.status_code == 429
    assert b"tel:" in shut.content


def test_coming_back_rightly_costs_nothing(protocol: Protocol) -> None:
    found = patients.draft(protocol).document["resume_code"]
    for _ in range(TRIES_TO_RESUME + 5):
        assert resume(found)["Location"] == "/code/"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer in memory")
def test_of_many_at_one_moment_each_is_counted(table: Any) -> None:
    table.add("all", 0, 3600)
    ready = Barrier(MANY)

    def count(_: int) -> int:
        ready.wait()
        try:
            return int(caches["default"].incr("all"))
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        assert sorted(pool.map(count, range(MANY))) == list(range(1, MANY + 1))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer in memory")
def test_of_many_wrong_passwords_at_one_moment_five_are_looked_at(
    table: Any, protocol: Protocol
) -> None:
    """The library counts under a lock of its own, which the cache must hold."""
    patients.person(Role.LEAD)
    ready = Barrier(MANY)

    def guess(number: int) -> None:
        ready.wait()
        try:
            sign_in(Client(), password=f"a-wrong-secret-{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        list(pool.map(guess, range(MANY)))
    failed = AuditEvent.objects.filter(action="staff.sign-in-failed")
    assert failed.count() == 5
