"""One call for all alerts of a patient, and a case that can wait, in a browser."""

from __future__ import annotations

from tests.browser.axe import violations
from tests.browser.conftest import PHONE, Opens, press
from tests.browser.test_desk import EMERGENCY, sent, sit_down


def test_a_patient_who_was_called_is_done_with_in_one_go_and_stands_lower(
    clinic: str, tab: Opens
) -> None:
    response, desk = sent(EMERGENCY), sit_down(tab(PHONE), clinic)
    desk.goto(f"{clinic}/staff/case/{response.pk}/")
    press(desk.get_by_role("button", name="I take all 3"))
    desk.locator("summary", has_text="Close it").first.click()
    desk.get_by_label("Reached; a plan is agreed").first.check()
    desk.locator("label", has_text="Also for the other 2").nth(1).click()
    assert violations(desk) == []
    press(desk.get_by_role("button", name="Close the alert").first)
    desk.locator("summary", has_text="Lower the priority").click()
    assert desk.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(desk) == []
    press(desk.get_by_role("button", name="I talked with the patient"))
    desk.locator("#timeline").wait_for()
    response.refresh_from_db()
    assert response.priority == 4 and not response.alerts.open().exists()
