"""What a patient's telephone has to fetch: little, in few requests, from us alone."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from screening.engine.journey import Journey
from screening.models import Protocol
from screening.views.access import DRAFT
from tests import patients
from tests.golden import AS_OF

pytestmark = pytest.mark.django_db
FIRST, LATER, REQUESTS = 40_000, 25_000, 3
LONG = "p01-two-antidepressants-failed"
FETCHED = re.compile(r'<(?:link|script|img)\b[^>]*(?:href|src)="/static/([^"]+)"')


def fetched(client: Client, address: str) -> Iterator[int]:
    """Yield the bytes of each answer; static files are sent compressed."""
    page = client.get(address)
    assert page.status_code == 200
    yield len(page.content)
    for name in dict.fromkeys(FETCHED.findall(page.content.decode())):
        path = finders.find(name)
        assert isinstance(path, str), name
        with open(path, "rb") as file:
            content = file.read()
        assert not re.search(rb"@font-face|@import|url\(\s*['\"]?http", content)
        yield len(gzip.compress(content))


@pytest.mark.parametrize("address", ["/", "/help/", "/resume/", "/privacy/"])
def test_the_first_page_is_light(
    client: Client, protocol: Protocol, address: str
) -> None:
    weights = list(fetched(client, address))
    assert len(weights) <= REQUESTS and sum(weights) <= FIRST


def test_every_later_page_is_light(client: Client, protocol: Protocol) -> None:
    answers = patients.answers_of(LONG)
    session = client.session
    session[DRAFT] = str(patients.draft(protocol, **answers).pk)
    session.save()
    # What holds the draft is asked for once, before a page counts as looked at.
    client.get("/check/")
    for page in Journey(protocol.engine, answers, AS_OF).pages:
        weights = list(fetched(client, f"/page/{page.slug}/"))
        assert len(weights) <= REQUESTS and sum(weights) <= LATER, page.slug
