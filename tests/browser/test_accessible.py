"""axe finds nothing: every item type and template, empty, wrong and filled in."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import BrowserContext

from screening.models import Protocol, Response, guards
from screening.services import answering
from screening.views.access import DRAFT
from tests import patients
from tests.browser.axe import summary_links_land, violations
from tests.browser.conftest import Opens, press
from tests.golden import protocol as rules

EVERYTHING = "p42-back-fibromyalgia-and-depression"
MORE: dict[str, Any] = {
    "help-with": ["mood", "pain", "migraine", "other"],
    "sex-at-birth": "female",
    "contact-ok": ["call", "email"],
    "email": "ada@example.org",
    "pregnancy": ["birth-12m"],
    "ppd-onset": "in-pregnancy",
    "asq-4": "yes",
    "asq-4-when": "past-3-months",
    "asq-5": "no",
    "pcptsd5-gate": "yes",
    **{f"pcptsd5-{number}": "yes" for number in range(1, 6)},
    "migraine-told": "yes",
    "migraine-days": 14,
    "migraine-preventives": ["topiramate"],
    "med-mind": "yes",
    "medicines": [
        {"md-name": "zoloft", "md-daily-mg": 50, "md-use": "regular"},
        {"md-name": "lamictil", "md-use": "regular"},
        {"md-name": "the blue one", "md-use": "when-needed"},
    ],
    "auditc-1": "monthly-or-less",
    "auditc-2": "1-or-2",
    "auditc-3": "never",
    "heart-recent": "no",
    "gad7-1": "nearly-every-day",
    "heart-vessels": ["angina"],
    "pain-dx": ["crps", "other-neuropathy", "fibromyalgia"],
}
# One page of each kind, and each that has a layout of its own.
PAGES = [
    "help-with", "help-other", "about-you", "about-contact", "about-more", "phq9-a",
    "safe-a", "safe-b", "phq9-b", "daily", "mood-a", "trauma-b", "trauma-c",
    "mood-care-b", "pain-b", "peg", "migraine", "medicines-a", "medicines-b",
    "alcohol-b", "health-a", "end",
]  # fmt: skip


def log_in(context: BrowserContext, clinic: str, response: Response) -> None:
    """Give the browser the draft's session, as the first page would have."""
    client = Client()
    session = client.session
    session[DRAFT] = str(response.pk)
    session.save()
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    context.add_cookies([{"name": name, "value": value, "url": clinic}])


@pytest.fixture
def full(clinic: str) -> Response:
    protocol = Protocol.objects.current()
    answers = patients.answers_of(EVERYTHING) | MORE
    response = answering.begin(protocol=protocol, answers={})
    return answering.save_page(response.pk, answers=answers).response


@pytest.mark.parametrize("slug", PAGES)
def test_a_page_is_accessible_filled_in_empty_and_wrong(
    clinic: str, full: Response, tab: Opens, slug: str
) -> None:
    phone = tab()
    log_in(phone.context, clinic, full)
    phone.goto(f"{clinic}/page/{slug}/")
    assert phone.url.endswith(f"/page/{slug}/")
    found = violations(phone)
    items = [i.link_id for i in rules().page[slug].items]
    answering.save_page(full.pk, answers={}, cleared=items)
    phone.goto(f"{clinic}/page/{slug}/")
    found += violations(phone)
    press(phone.get_by_role("button", name="Continue", exact=True).last)
    if phone.title().startswith("Error: "):
        found += violations(phone) + summary_links_land(phone)
    assert found == []


@pytest.mark.parametrize("tier", ["a", "b", "c"])
def test_each_help_page_is_accessible(
    clinic: str, full: Response, tab: Opens, tier: str
) -> None:
    answers = {
        "a": {"asq-3": "yes"},
        "b": {"safe-now": "not-sure"},
        "c": {"asq-5": "yes"},
    }[tier]
    answering.save_page(full.pk, answers=answers)
    phone = tab()
    log_in(phone.context, clinic, full)
    phone.goto(f"{clinic}/help-now/")
    assert violations(phone) == []


@pytest.mark.parametrize("path", ["check", "code", "stop", "copy", "copy/?all=yes"])
def test_the_pages_around_the_questions_are_accessible(
    clinic: str, full: Response, tab: Opens, path: str
) -> None:
    phone = tab()
    log_in(phone.context, clinic, full)
    phone.goto(f"{clinic}/{path}/".replace("yes/", "yes"))
    assert violations(phone) == []


@pytest.mark.parametrize(
    "path", ["", "begin/", "resume/", "help/", "privacy/", "contact/", "no-such-page/"]
)
def test_the_open_pages_are_accessible(clinic: str, tab: Opens, path: str) -> None:
    phone = tab()
    phone.goto(f"{clinic}/{path}")
    assert violations(phone) == []


def test_a_no_to_consent_is_accessible(clinic: str, full: Response, tab: Opens) -> None:
    phone = tab()
    log_in(phone.context, clinic, full)
    phone.goto(f"{clinic}/page/{rules().pages[0].slug}/")
    phone.locator("[name=consent-questionnaire][value=false]").check()
    press(phone.get_by_role("button", name="Continue", exact=True).last)
    assert phone.get_by_role("heading", name="That is OK").is_visible()
    assert violations(phone) == []


def test_a_wrong_code_is_explained_accessibly(clinic: str, tab: Opens) -> None:
    phone = tab()
    phone.goto(f"{clinic}/resume/")
    press(phone.get_by_role("button", name="Open my answers"))
    assert violations(phone) == [] and summary_links_land(phone) == []


def test_a_closed_intake_still_shows_help(clinic: str, tab: Opens) -> None:
    with guards.lifted(connection):
        Protocol.objects.update(status="retired")
    phone = tab()
    phone.goto(f"{clinic}/")
    assert "988" in phone.inner_text("body")
    assert violations(phone) == []
