"""Asking what is missing, and on the phone, in a browser: accessible, none cut off."""

from __future__ import annotations

import pytest

from screening.models import Protocol, Role
from tests import patients
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, Opens, press
from tests.browser.test_desk import sit_down

SLUG = "p26-trauma-question-declined"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=lambda size: str(size["width"]))
def test_a_link_is_made_opened_and_answered(
    clinic: str, tab: Opens, size: dict[str, int]
) -> None:
    sent = patients.sent(Protocol.objects.current(), SLUG)
    desk = sit_down(tab(size), clinic, Role.REVIEWER)
    desk.goto(f"{clinic}/staff/case/{sent.pk}/")
    press(desk.get_by_role("button", name="Ask only what is missing"))
    assert violations(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= size["width"]
    path = "/more/" + desk.get_by_label("The link").input_value().split("/more/")[1]
    patient = tab(size)
    patient.goto(clinic + path)
    assert patient.url == f"{clinic}/more/" and violations(patient) == []
    year, month, day = str(patients.answers_of(SLUG)["birth-date"]).split("-")
    for label, value in (("Month", month), ("Day", day), ("Year", "1900")):
        patient.get_by_label(label).fill(value)
    press(patient.get_by_role("button", name="Open my questions"))
    assert "Error" in patient.title() and violations(patient) == []
    patient.get_by_label("Year").fill(year)
    press(patient.get_by_role("button", name="Open my questions"))
    assert patient.url == f"{clinic}/page/safe-a/" and violations(patient) == []


def test_the_bar_of_whoever_writes_it_down_is_accessible(
    clinic: str, tab: Opens
) -> None:
    desk = sit_down(tab(PHONE), clinic, Role.REVIEWER)
    desk.goto(f"{clinic}/staff/assist/")
    assert violations(desk) == []
    press(desk.get_by_role("button", name="Begin for a patient"))
    assert violations(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    press(desk.get_by_role("button", name="End"))
    assert desk.url == f"{clinic}/staff/assist/"
