"""The pause before a calm decision, and a word against a finding, in a browser."""

from __future__ import annotations

from screening.services.desk import noting
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, Opens, press
from tests.browser.test_desk import STOPS, sent, sit_down

NOTE = "Her cardiologist <b>has</b> cleared it."


def test_without_scripts_the_pause_asks_why_and_keeps_the_note(
    clinic: str, tab: Opens
) -> None:
    response = sent(STOPS)
    desk = sit_down(tab(DESK, java_script_enabled=False), clinic)
    desk.goto(f"{clinic}/staff/case/{response.pk}/")
    desk.fill("#note", NOTE)
    desk.locator("summary", has_text="Offer consultation").click()
    press(desk.get_by_role("button", name="Clinical judgement"))
    assert desk.locator("h1", has_text="Not signed yet").is_visible()
    assert desk.locator("input[type=radio]:checked").count() == 0
    assert desk.input_value("#note") == NOTE
    press(desk.get_by_role("button", name="Sign it all the same"))
    assert desk.locator("[role=alert]", has_text="Choose why").is_visible()
    desk.get_by_label("It is known and treated").check()
    press(desk.get_by_role("button", name="Sign it all the same"))
    desk.wait_for_url("**signed=**")
    review = response.reviews.get()
    assert (review.overrules, review.note) == ("in-care", NOTE)


def test_whoever_goes_back_finds_the_note_again(clinic: str, tab: Opens) -> None:
    response, desk = sent(STOPS), sit_down(tab(PHONE), clinic)
    desk.goto(f"{clinic}/staff/case/{response.pk}/")
    desk.fill("#note", NOTE)
    desk.locator("summary", has_text="Duplicate or spam").click()
    press(desk.get_by_role("button", name="Not a real person"))
    desk.locator("h1", has_text="Not signed yet").wait_for()
    assert violations(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    press(desk.get_by_role("button", name="Back to the case"))
    assert desk.input_value("#note") == NOTE and not response.reviews.exists()


def test_one_click_disagrees_and_one_withdraws(clinic: str, tab: Opens) -> None:
    response, desk = sent(STOPS), sit_down(tab(DESK), clinic)
    desk.goto(f"{clinic}/staff/case/{response.pk}/")
    desk.fill("#note", NOTE)
    press(desk.get_by_role("button", name="Disagree with s-brain-bleed"))
    told = desk.locator(".disagreed", has_text="ash disagrees.")
    told.wait_for()
    assert desk.input_value("#note") == NOTE
    told.get_by_label("Why").fill("It was a scare.")
    press(told.get_by_role("button", name="Say why"))
    desk.locator(".disagreed", has_text="It was a scare.").wait_for()
    desk.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert violations(desk) == []
    press(desk.get_by_role("button", name="Withdraw"))
    desk.locator(".disagreed").wait_for(state="detached")
    assert response.disagreements.count() == 3
    assert noting.kept(response, by=response.disagreements.first().by) == NOTE


def test_the_queue_and_a_case_fit_a_phone(clinic: str, tab: Opens) -> None:
    response, desk = sent(STOPS), sit_down(tab(PHONE), clinic)
    for path in ("", f"case/{response.pk}/", f"case/{response.pk}/basis/"):
        desk.goto(f"{clinic}/staff/{path}")
        width = desk.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], path
