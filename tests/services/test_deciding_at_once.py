"""Two clinicians sign the same case at the same moment: one wins, no note is lost."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from screening.models import AuditEvent, Protocol, Response, Staff
from screening.services import auditing
from tests import patients
from tests.views.desk import text

ROUNDS = int(os.environ.get("ROUNDS", "25"))
NOTES = {"ash": "Spoke with her sister.", "birch": "Waits for the records."}

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # A database in memory lets nobody wait; `make chaos` races on its files.
    pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer in memory"),
]


def race(case: Response, desks: dict[str, Client]) -> dict[str, tuple[int, str, str]]:
    """Let both press at once; return status, page and markup by who pressed."""
    start = Barrier(len(desks))

    def press(name: str) -> tuple[int, str, str]:
        start.wait(timeout=30)
        try:
            said = {"choice": "ask-for-more/records-needed", "version": case.version}
            page = desks[name].post(
                f"/staff/case/{case.pk}/review/", said | {"note": NOTES[name]}
            )
            is_page = page.status_code != 302
            markup = page.content.decode() if is_page else ""
            return page.status_code, text(page) if is_page else "", markup
        finally:
            connection.close()

    with ThreadPoolExecutor(len(desks)) as pool:
        return dict(zip(desks, pool.map(press, desks), strict=True))


def desk(name: str) -> Client:
    client = Client()
    client.force_login(patients.person(name=name))
    return client


def test_exactly_one_of_two_wins_and_the_other_keeps_the_note(
    protocol: Protocol,
) -> None:
    desks = {name: desk(name) for name in NOTES}
    case = patients.sent(protocol)
    sent_at = case.version
    for number in range(1, ROUNDS + 1):
        came = race(case, desks)
        assert sorted(status for status, *_ in came.values()) == [302, 409]
        loser = next(name for name, (status, *_) in came.items() if status == 409)
        winner = next(name for name in NOTES if name != loser)
        _, said, markup = came[loser]
        assert f"{NOTES[loser]}</textarea>" in markup
        assert "Signed last" in said and NOTES[winner] in said
        case.refresh_from_db()
        assert case.reviews.count() == case.version - sent_at == number
        last = case.reviews.latest()
        assert (last.clinician, last.note) == (
            Staff.objects.get(username=winner),
            NOTES[winner],
        )
    signed = AuditEvent.objects.filter(action="review.signed")
    assert signed.count() == ROUNDS and auditing.verify() == []
