"""A flood is told to staff, whatever the clinic is used to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from screening.models import Protocol
from screening.services.safety import surges
from tests.records import a_draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surges, "FEWEST", 5)


def begin(protocol: Protocol, number: int, hours_ago: float, **columns: Any) -> None:
    at = timezone.now() - timedelta(hours=hours_ago)
    for _ in range(number):
        a_draft(protocol, started_at=at, **columns)


def test_an_ordinary_hour_is_silent(protocol: Protocol) -> None:
    begin(protocol, 4, 0.5)
    assert surges.told(timezone.now()) == []


def test_a_flood_is_told_with_its_number(protocol: Protocol) -> None:
    begin(protocol, 6, 0.5)
    (said,) = surges.told(timezone.now())
    assert said.startswith("6 questionnaires began in the last hour")


def test_what_is_usual_here_is_no_flood(
    protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surges, "LOOKED_BACK", timedelta(hours=11))
    begin(protocol, 11, 5)
    begin(protocol, 6, 0.5)
    assert surges.told(timezone.now()) == []
    begin(protocol, 5, 0.2)
    assert len(surges.told(timezone.now())) == 1


def test_what_is_made_up_for_a_drill_does_not_count(protocol: Protocol) -> None:
    begin(protocol, 6, 0.5, is_synthetic=True)
    assert surges.told(timezone.now()) == []


def test_staff_are_told_that_somebody_guesses(
    protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surges, "MOST_WRONG_CODES", 3)
    for number in range(3):
        Client().post(
            "/resume/",
            {"resume-code": "AAAA" * 4},
            REMOTE_ADDR=f"192.0.2.{number}",
        )
    assert "3 wrong codes" in surges.told(timezone.now())[0]


def test_a_count_that_runs_out_meanwhile_is_no_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cache, "add", lambda *_: True)
    surges.note_wrong_code()
    assert surges.told(timezone.now()) == []
