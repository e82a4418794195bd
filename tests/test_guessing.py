"""A resume code cannot be guessed: few tries an address, and too many codes."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from screening.models import Protocol, Response
from screening.services.journey import codes, resuming
from screening.views.throttle import TRIES_TO_RESUME
from tests import patients

pytestmark = pytest.mark.django_db

BORN = {
    "birth-date-year": "1984",
    "birth-date-month": "5",
    "birth-date-day": "1",
}
GUESSES = 10_000


@pytest.fixture
def draft(protocol: Protocol) -> Response:
    return patients.draft(protocol)


def resume(code: str, client: Client | None = None, **more: Any) -> Any:
    typed = {"resume-code": code, "code": code} | BORN
    return (client or Client()).post("/resume/", typed, **more)


def test_ten_thousand_guesses_open_nothing(draft: Response) -> None:
    tried = (codes.new_resume_code() for _ in range(GUESSES))
    born = "1984-05-01"
    assert not any(resuming.find(code=code, birth_date=born) for code in tried)


def test_an_address_that_guesses_is_shut_and_others_are_not(draft: Response) -> None:
    right = draft.document["resume_code"]
    for number in range(TRIES_TO_RESUME):
        assert resume(codes.new_resume_code()).status_code == 422, number
    shut = resume(codes.new_resume_code())
    assert shut.status_code == 429
    assert b"tel:" in shut.content
    assert resume(right).status_code == 429
    assert resume(right, REMOTE_ADDR="192.0.2.5")["Location"] == "/code/"


def test_a_forged_address_opens_no_new_budget(draft: Response, settings: Any) -> None:
    settings.PROXIES = 1
    for number in range(TRIES_TO_RESUME):
        forged = f"198.51.100.{number}, 192.0.2.1"
        resume(codes.new_resume_code(), HTTP_X_FORWARDED_FOR=forged)
    last = resume(
        codes.new_resume_code(), HTTP_X_FORWARDED_FOR="203.0.113.1, 192.0.2.1"
    )
    assert last.status_code == 429
