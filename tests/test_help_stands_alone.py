"""Help is there when the database is not."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from screening.views import tablets


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


def test_the_help_page_of_a_tablet_needs_no_database() -> None:
    client, lent = Client(), HttpResponse()
    tablets.enter(lent)
    client.cookies.load({name: held.value for name, held in lent.cookies.items()})
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    assert "clear this tablet" in client.get(reverse("help")).text
