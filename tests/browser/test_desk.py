"""The desk in a browser: read at a glance, signed with two clicks or three keys."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page as Tab

from screening.models import Protocol, Response, Role
from screening.services import answering
from tests import patients
from tests.browser.axe import violations
from tests.browser.conftest import DESK, Opens, press

EMERGENCY = "p45-thoughts-of-suicide-now"
LONG = "p63-a-long-medical-history"
STOPS = "p50-heart-and-vessel-stops"
SIZES = [DESK, {"width": 1920, "height": 1080}, {"width": 820, "height": 1180}]


def sit_down(tab: Tab, clinic: str, role: Role = Role.REVIEWER) -> Tab:
    """Sign the browser in, as the login page and its second step would have."""
    client = Client()
    client.force_login(patients.person(role))
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    tab.context.add_cookies([{"name": name, "value": value, "url": clinic}])
    return tab


def sent(slug: str) -> Response:
    return patients.sent(Protocol.objects.current(), slug)


def alarming_draft() -> Response:
    draft = answering.begin(protocol=Protocol.objects.current(), answers=patients.CALM)
    answering.save_page(draft.pk, answers=patients.ASQ_CALM | {"asq-3": "yes"})
    return draft


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size["width"]))
def test_no_page_of_the_desk_scrolls_sideways(
    clinic: str, tab: Opens, size: dict[str, int]
) -> None:
    cases = [sent(EMERGENCY), sent(LONG), alarming_draft()]
    desk = sit_down(tab(size), clinic)
    for path in ("?level=urgent", *(f"case/{case.pk}/" for case in cases), "protocol/"):
        desk.goto(f"{clinic}/staff/{path}")
        width = desk.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"], path


@pytest.mark.parametrize(
    "path", ["?level=urgent", "no/", "protocol/", "account/2fa/", "account/sessions/"]
)
def test_the_pages_around_a_case_are_accessible(
    clinic: str, tab: Opens, path: str
) -> None:
    sent(EMERGENCY), alarming_draft()
    desk = sit_down(tab(DESK), clinic)
    desk.goto(f"{clinic}/staff/{path}")
    assert violations(desk) == []


@pytest.mark.parametrize("slug", [EMERGENCY, LONG, "p57-name-not-in-the-table"])
def test_a_case_is_accessible(clinic: str, tab: Opens, slug: str) -> None:
    desk = sit_down(tab(SIZES[2]), clinic)
    desk.goto(f"{clinic}/staff/case/{sent(slug).pk}/")
    # At the end of the page the decision bar lies over nothing.
    desk.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert violations(desk) == []


def test_the_door_is_accessible_also_with_a_mistake(clinic: str, tab: Opens) -> None:
    door = tab(DESK)
    door.goto(f"{clinic}/staff/")
    assert violations(door) == []
    press(door.get_by_role("button", name="Sign in", exact=True))
    assert "Error" in door.title() and violations(door) == []


@pytest.mark.parametrize(
    "slug", [EMERGENCY, STOPS, "p97-hears-voices-and-takes-theophylline"]
)
def test_the_red_flags_are_read_without_scrolling(
    clinic: str, tab: Opens, slug: str
) -> None:
    desk = sit_down(tab(DESK), clinic)
    desk.goto(f"{clinic}/staff/case/{sent(slug).pk}/")
    bar = desk.locator(".decide").bounding_box()
    flags = [flag.bounding_box() for flag in desk.locator(".flags .what").all()]
    assert bar and len(flags) > 2
    assert all(flag and flag["y"] + flag["height"] <= bar["y"] for flag in flags)


def test_two_clicks_sign(clinic: str, tab: Opens) -> None:
    response, desk = sent(STOPS), sit_down(tab(DESK), clinic)
    desk.goto(f"{clinic}/staff/case/{response.pk}/")
    desk.fill("#note", "Spoke with her.")
    desk.locator("summary", has_text="Ask for more").click()
    desk.get_by_role("button", name="Records are needed").click()
    desk.wait_for_url("**signed=**")
    assert response.reviews.get().note == "Spoke with her."


def test_writing_a_note_moves_no_flag_out_of_sight(clinic: str, tab: Opens) -> None:
    desk = sit_down(tab(DESK), clinic)
    desk.goto(f"{clinic}/staff/case/{sent(STOPS).pk}/")
    note = desk.locator("#note").bounding_box()
    assert note
    desk.mouse.click(note["x"] + 9, note["y"] + 9)
    desk.keyboard.type("Spoke with her. " * 5)
    assert desk.input_value("#note").startswith("Spoke")
    assert desk.evaluate("scrollY") == 0


def test_three_keys_sign(clinic: str, tab: Opens) -> None:
    response, desk = sent(STOPS), sit_down(tab(DESK), clinic)
    desk.goto(f"{clinic}/staff/case/{response.pk}/")
    for key in ("4", "1"):
        desk.keyboard.press(key)
        assert desk.evaluate("scrollY") == 0, "a key moves the flags out of sight"
    desk.keyboard.press("Enter")
    desk.wait_for_url("**signed=**")
    review = response.reviews.get()
    assert (review.decision, review.reason) == ("not-suitable-now", "safety-first")


def test_keys_do_nothing_while_somebody_writes_or_when_they_are_off(
    clinic: str, tab: Opens
) -> None:
    desk = sit_down(tab(DESK), clinic)
    desk.goto(f"{clinic}/staff/case/{sent(STOPS).pk}/")
    shown = desk.locator(".decisions details[open]")
    desk.locator("#note").press("1")
    assert desk.input_value("#note") == "1" and shown.count() == 0
    desk.locator("#keys").press("2")
    assert shown.count() == 1
    desk.keyboard.press("Escape")
    assert shown.count() == 0
    desk.locator("#keys").uncheck()
    desk.keyboard.press("2")
    assert shown.count() == 0


def test_the_desk_works_without_scripts(clinic: str, tab: Opens) -> None:
    response = sent(STOPS)
    desk = sit_down(tab(DESK, java_script_enabled=False), clinic)
    desk.goto(f"{clinic}/staff/case/{response.pk}/")
    assert not desk.locator("#keys").is_visible()
    desk.locator("summary", has_text="Urgent: contact today").click()
    desk.get_by_role("button", name="A medical risk").click()
    desk.wait_for_url("**signed=**")
    assert response.reviews.get().decision == "urgent-contact"


def test_an_open_choice_of_reasons_is_accessible(clinic: str, tab: Opens) -> None:
    desk = sit_down(tab(DESK), clinic)
    desk.goto(f"{clinic}/staff/case/{sent(EMERGENCY).pk}/")
    desk.locator("summary", has_text="Close it").first.click()
    desk.evaluate("scrollTo(0, document.body.scrollHeight)")
    desk.locator("summary", has_text="Not suitable now").click()
    assert violations(desk) == []


def test_paper_names_the_case_and_who_printed_it(clinic: str, tab: Opens) -> None:
    response, desk = sent(STOPS), sit_down(tab(DESK), clinic)
    desk.goto(f"{clinic}/staff/case/{response.pk}/")
    desk.emulate_media(media="print")
    said = desk.locator("body").inner_text()
    assert "Printed by ash" in said and "Case " in said
    assert "Bleeding in the brain" in said and "Clinic’s default." in said
    assert "Sign out" not in said and "Offer consultation" not in said
