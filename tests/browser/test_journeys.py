"""Whole journeys in a browser: mood, pain, crisis, under 18, a small phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page as Tab

from screening.models import Response, SafetyAlert
from tests.browser.conftest import Opens, press
from tests.browser.walker import Patient
from tests.golden import protocol
from tests.patients import answers_of

MOST_PAGES_MOOD, MOST_PAGES_PAIN = 31, 25


def patient(tab: Tab, clinic: str, slug: str, **more: Any) -> Patient:
    return Patient(tab, clinic, protocol(), answers_of(slug) | more)


def send(tab: Tab) -> Response:
    press(tab.get_by_role("button", name="Send my answers"))
    assert tab.locator("h1").inner_text() in ("We have your answers", "Please call us")
    return Response.objects.get()


def fits(tab: Tab) -> bool:
    """Tell whether nothing on the page needs scrolling sideways."""
    wide = "document.documentElement.scrollWidth <= window.innerWidth"
    return bool(tab.evaluate(wide))


def is_one_line(tab: Tab, selector: str) -> bool:
    tops = "found => found.map(each => each.getBoundingClientRect().top)"
    return len(set(tab.locator(selector).evaluate_all(tops))) == 1


def test_a_depressed_patient_sends_answers_from_a_phone(
    clinic: str, tab: Opens
) -> None:
    someone = patient(tab(), clinic, "p01-two-antidepressants-failed")
    someone.begin()
    assert all(fits(someone.tab) for _ in someone.walk())
    assert len(someone.seen) <= MOST_PAGES_MOOD
    response = send(someone.tab)
    assert response.summary
    assert response.summary["met"] == ["Treatment-resistant depression"]


def test_a_patient_with_crps_sends_answers_from_a_small_phone(
    clinic: str, tab: Opens
) -> None:
    small = tab({"width": 320, "height": 640})
    someone = patient(small, clinic, "p34-crps-diagnosed")
    someone.begin()
    assert is_one_line(small, ".lamp li")
    assert all(fits(small) for _ in someone.walk())
    assert len(someone.seen) <= MOST_PAGES_PAIN
    response = send(small)
    assert response.summary
    assert "Complex regional pain syndrome" in " ".join(response.summary["met"])


def test_low_mood_after_a_break_up_is_sent_like_any_other(
    clinic: str, tab: Opens
) -> None:
    someone = patient(tab(), clinic, "p09-situational-after-job-loss")
    someone.begin()
    list(someone.walk())
    response = send(someone.tab)
    assert response.summary
    assert response.summary["outcome"] == "no-indication-found"
    assert "no indication" not in someone.tab.inner_text("body").lower()


def test_the_whole_journey_works_without_scripts(clinic: str, tab: Opens) -> None:
    plain = tab(java_script_enabled=False)
    someone = patient(plain, clinic, "p54-clonazepam-and-lamotrigine")
    someone.begin()
    list(someone.walk())
    assert send(plain).status == "completed"


def test_a_patient_in_crisis_meets_help_and_loses_nothing(
    clinic: str, tab: Opens
) -> None:
    phone = tab()
    someone = patient(phone, clinic, "p45-thoughts-of-suicide-now")
    someone.begin()
    list(someone.walk())
    assert someone.seen.count("/help-now/") >= 2
    assert send(phone).priority == 0
    assert {alert.tier for alert in SafetyAlert.objects.all()} >= {"a", "c"}


@pytest.mark.parametrize("scripts", [True, False])
def test_an_unfinished_page_is_left_for_help_and_found_again(
    clinic: str, tab: Opens, scripts: bool
) -> None:
    phone = tab(java_script_enabled=scripts)
    someone = patient(phone, clinic, "p60-something-else-only")
    someone.begin()
    for path in someone.walk():
        if path == "/page/safe-a/":
            break
    phone.locator("[name=asq-3][value=yes]").check()
    press(phone.get_by_role("button", name="Continue"))
    assert someone.path == "/help-now/"
    assert SafetyAlert.objects.get().tier == "a"
    press(phone.get_by_role("button", name="Go on", exact=True).last)
    assert phone.title().startswith("Error: ")
    assert phone.locator("[name=asq-3][value=yes]").is_checked()


def test_please_call_me_is_one_tap(clinic: str, tab: Opens) -> None:
    phone = tab()
    someone = patient(phone, clinic, "p45-thoughts-of-suicide-now")
    someone.begin()
    for path in someone.walk():
        if path == "/help-now/":
            break
    press(phone.get_by_role("button", name="Please call me"))
    assert "You asked us to call you" in phone.inner_text("main")
    assert SafetyAlert.objects.filter(tier="b").exists()


def test_somebody_under_18_is_asked_little_and_told_to_call(
    clinic: str, tab: Opens
) -> None:
    someone = patient(
        tab(),
        clinic,
        "p01-two-antidepressants-failed",
        **{"birth-date": "2010-01-01", "adult-contact": "My aunt, 555-0101"},
    )
    someone.begin()
    list(someone.walk())
    assert len(someone.seen) <= 8
    assert send(someone.tab).priority == 3
    assert "Please call us" in someone.tab.inner_text("main")


def test_a_code_brings_the_draft_to_another_device(clinic: str, tab: Opens) -> None:
    someone = patient(tab(), clinic, "p32-diabetic-neuropathy")
    someone.begin()
    for path in someone.walk():
        if path == "/page/daily/":
            break
    someone.tab.goto(f"{clinic}/code/")
    code = someone.tab.locator(".code, output, [translate=no]").first.inner_text()
    other = tab()
    other.goto(f"{clinic}/resume/")
    other.fill("[name=resume-code]", code.lower())
    for part, text in (("year", "1984"), ("month", "5"), ("day", "1")):
        other.fill(f"[name=birth-date-{part}]", text)
    press(other.get_by_role("button", name="Open my answers"))
    press(other.get_by_role("link", name="Go on", exact=True).first)
    assert other.url == f"{clinic}/page/daily/"


def test_no_to_consent_keeps_nothing(clinic: str, tab: Opens) -> None:
    phone = tab()
    phone.goto(f"{clinic}/begin/")
    phone.locator("[name=consent-questionnaire][value=false]").check()
    press(phone.get_by_role("button", name="Continue"))
    assert "988" in phone.inner_text("body")
    assert not Response.objects.exists()
