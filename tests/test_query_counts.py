"""How often the database is asked: as often for a long questionnaire as for a short."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from screening.engine.journey import Journey
from screening.models import Protocol, Response
from screening.views.access import DRAFT
from tests import patients
from tests.walking import posted

SHOW, SAVE, SUBMIT = 2, 4, 10
# What frames a transaction, or waits for one's turn, asks for nothing.
FRAME = re.compile(r"(BEGIN|COMMIT|SAVEPOINT|RELEASE)\b|SELECT pg_advisory")
AUDIT = re.compile(r"\bscreening_auditevent\b")
LONG = "p01-two-antidepressants-failed"
SHORT = "p31-migraine-six-days"


@contextmanager
def asked() -> Iterator[list[str]]:
    """Fill the list with what was asked meanwhile, without what frames it."""
    queries: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield queries
    texts = [query["sql"] for query in captured.captured_queries]
    queries += [text for text in texts if not FRAME.match(text)]


def browser(response: Response) -> Client:
    """A browser that holds the draft, and has looked at it within the hour."""
    client = Client()
    session = client.session
    session[DRAFT] = str(response.pk)
    session.save()
    client.get("/check/")
    return client


def journey(protocol: Protocol, slug: str) -> Journey:
    return Journey(protocol.engine, patients.answers_of(slug), date(2026, 11, 23))


@pytest.fixture(params=[LONG, SHORT])
def slug(request: Any) -> str:
    return str(request.param)


def test_showing_a_page_asks_twice(protocol: Protocol, slug: str) -> None:
    client = browser(patients.draft(protocol, **patients.answers_of(slug)))
    for page in journey(protocol, slug).pages:
        with asked() as queries:
            assert client.get(f"/page/{page.slug}/").status_code == 200
        assert len(queries) <= SHOW, queries


def test_saving_a_page_asks_four_times_and_for_the_record(
    protocol: Protocol, slug: str
) -> None:
    answers = patients.answers_of(slug)
    client = browser(patients.draft(protocol, **answers))
    for page in journey(protocol, slug).pages:
        with asked() as queries:
            client.post(f"/page/{page.slug}/", posted(page, answers))
        recorded = [text for text in queries if AUDIT.search(text)]
        assert len(recorded) == 2
        assert len(queries) - len(recorded) <= SAVE, queries


def test_saving_what_cannot_be_read_asks_no_more(protocol: Protocol) -> None:
    client = browser(patients.draft(protocol, **patients.answers_of(LONG)))
    with asked() as queries:
        landed = client.post("/page/about-you/", {"birth-date-year": "soon"})
    assert landed.status_code == 422
    assert len(queries) <= SAVE + 2, queries


def test_sending_asks_ten_times(protocol: Protocol, slug: str) -> None:
    response = patients.draft(protocol, **patients.answers_of(slug))
    client = browser(response)
    with asked() as queries:
        landed = client.post("/send/", {"send_key": str(response.send_key)})
    assert landed["Location"] == "/sent/"
    assert len(queries) <= SUBMIT, queries


def test_more_answers_do_not_make_more_queries(protocol: Protocol) -> None:
    found = set()
    for slug in (LONG, SHORT):
        response = patients.draft(protocol, **patients.answers_of(slug))
        client = browser(response)
        with asked() as queries:
            client.post("/send/", {"send_key": str(response.send_key)})
        found.add(len(queries))
    assert len(found) == 1
