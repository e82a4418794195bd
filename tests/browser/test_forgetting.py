"""After sending, the next person at this browser finds no answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, BrowserType
from playwright.sync_api import Page as Tab

from screening.models import Protocol, Response
from screening.services import answering
from screening.views.access import DRAFT
from tests import patients

CANARY = "Canary Quillfeather"
# The driver switches off the very memory that is tried here.
FORGETFUL = ["--disable-back-forward-cache"]


@pytest.fixture
def phone(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> Iterator[BrowserContext]:
    browser = browser_type.launch(
        **browser_type_launch_args, ignore_default_args=FORGETFUL
    )
    yield browser.new_context(viewport={"width": 390, "height": 844})
    browser.close()


@pytest.fixture
def check_page(phone: BrowserContext, clinic: str) -> Tab:
    """A browser that stands before the button Send, with its way there behind it."""
    response = answering.begin(protocol=Protocol.objects.get(), answers={})
    answers = patients.answers_of("p07-mild-now-with-a-lifelong-course")
    answering.save_page(response.pk, answers=answers | {"full-name": CANARY})
    session = Client().session
    session[DRAFT] = str(response.pk)
    session.save()
    name, value = settings.SESSION_COOKIE_NAME, session.session_key
    phone.add_cookies([{"name": name, "value": value, "url": clinic}])
    tab = phone.new_page()
    tab.goto(f"{clinic}/page/about-you/")
    assert CANARY in tab.content()
    tab.goto(f"{clinic}/check/")
    assert CANARY in tab.content()
    return tab


def test_the_back_button_shows_no_answer(check_page: Tab, clinic: str) -> None:
    check_page.get_by_role("button", name="Send").click()
    check_page.wait_for_url(f"{clinic}/sent/")
    assert Response.objects.get().submitted_at
    for _ in range(2):
        check_page.go_back()
        check_page.wait_for_load_state()
        assert CANARY not in check_page.content()
        assert "/check/" not in check_page.url


def test_a_tab_that_is_opened_again_shows_no_answer(
    check_page: Tab, phone: BrowserContext, clinic: str
) -> None:
    other = phone.new_page()
    other.goto(f"{clinic}/page/about-you/")
    check_page.get_by_role("button", name="Send").click()
    check_page.wait_for_url(f"{clinic}/sent/")
    other.reload()
    assert CANARY not in other.content()
    for path in ("/check/", "/copy/?all=yes", "/page/about-you/", "/code/"):
        fresh = phone.new_page()
        fresh.goto(clinic + path)
        assert CANARY not in fresh.content()


def test_leaving_quickly_leaves_nothing_behind(check_page: Tab, clinic: str) -> None:
    check_page.evaluate("fetch('/leave/', { redirect: 'manual' })")
    for _ in range(2):
        check_page.go_back()
        check_page.wait_for_load_state()
        assert CANARY not in check_page.content()
