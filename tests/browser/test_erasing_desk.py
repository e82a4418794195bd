"""Erasing at the desk, in a browser: asked for the password again, then accessible."""

from __future__ import annotations

import pytest

from screening.models import Protocol, Role
from tests import patients
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, Opens, press
from tests.browser.test_desk import sit_down


@pytest.mark.parametrize("size", [DESK, PHONE], ids=lambda size: str(size["width"]))
def test_a_lead_proves_themselves_and_erases(
    clinic: str, tab: Opens, size: dict[str, int]
) -> None:
    sent = patients.sent(Protocol.objects.current())
    desk = sit_down(tab(size), clinic, Role.LEAD)
    desk.goto(f"{clinic}/staff/erase/")
    assert violations(desk) == []
    desk.get_by_label("Password").fill("a-long-secret")
    press(desk.get_by_role("button", name="Confirm"))
    press(desk.get_by_role("button", name="Erase for good"))
    assert "Error" in desk.title() and violations(desk) == []
    desk.get_by_label("Type the reference").fill(sent.reference)
    desk.get_by_label("The patient asked for it").check()
    press(desk.get_by_role("button", name="Erase for good"))
    assert desk.get_by_role("status").inner_text().endswith("Nothing brings them back.")
    assert violations(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= size["width"]
    sent.refresh_from_db()
    assert sent.is_erased
