"""Help is there when the database is not."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from screening.views.context import clinic
from screening.views.journey import tablets


@pytest.mark.parametrize("cookies", [{}, {settings.SESSION_COOKIE_NAME: "x" * 32}])
def test_the_help_page_needs_no_database(cookies: dict[str, str]) -> None:
    """Without the `db` fixture a query would fail this test."""
    client = Client()
    client.cookies.load(cookies)
    shown = client.get(reverse("help"))
    contacts = settings.CLINIC["crisis"]["regions"][settings.CLINIC["region"]]
    assert shown.status_code == 200
    assert contacts["call"] in shown.text
    assert contacts["emergency"] in shown.text
    # Small, and nothing to run, to remember or to fetch from elsewhere.
    assert len(shown.content) < 15_000
    assert not shown.cookies and "<script" not in shown.text


@pytest.mark.parametrize("status", ["400", "403", "404", "429", "500", "503"])
def test_what_is_wrong_is_said_with_every_number(status: str) -> None:
    page = render_to_string(f"{status}.html", clinic())
    contacts = settings.CLINIC["crisis"]["regions"][settings.CLINIC["region"]]
    told = [contacts["call"], contacts["emergency"], settings.CLINIC["phone"]]
    assert [number for number in told if number not in page] == []
    assert len(page.encode()) < 15_000 and "<script" not in page


def test_the_help_page_of_a_tablet_needs_no_database() -> None:
    client, lent = Client(), HttpResponse()
    tablets.enter(lent)
    client.cookies.load({name: held.value for name, held in lent.cookies.items()})
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    assert "clear this tablet" in client.get(reverse("help")).text
