"""The safety board and the page of an alert, read on a phone and at a desk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page as Tab

from screening.models import Protocol, Role, SafetyAlert
from screening.services import answering
from screening.services.safety import owning
from tests import patients
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, Opens, press

PATHS = {
    "board": "safety/",
    "nobody": "alert/{0}/",
    "tried": "alert/{1}/",
    "closed": "alert/{2}/",
}


@pytest.fixture
def alerts(clinic: str) -> list[str]:
    """One that nobody has, one that was tried and changed, one that is closed."""
    protocol, by = Protocol.objects.current(), patients.person(name="Robin")
    nobody = answering.begin(protocol=protocol, answers={})
    answering.save_page(nobody.pk, answers={"safe-now": "no"})
    tried = patients.draft(protocol, **{"safe-now": "not-sure"})
    answering.save_page(tried.pk, answers={"safe-now": "yes"})
    closed = patients.draft(protocol, **{"asq-3": "yes"})
    keys = [each.alerts.get().pk for each in (nobody, tried, closed)]
    owning.record_contact(
        keys[1], by=by, how="phone", outcome="left-message", note="Will try at 3."
    )
    owning.close(keys[2], by=by, reason="in-care")
    return [str(key) for key in keys]


def sign_in(tab: Tab, clinic: str, role: Role) -> None:
    client = Client()
    client.force_login(patients.person(role, name=f"who-{role}"))
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    tab.context.add_cookies([{"name": name, "value": value, "url": clinic}])


def keep_picture(tab: Tab, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        for scheme in ("light", "dark"):
            tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            path = Path(folder) / f"{name}-{scheme}.png"
            tab.screenshot(path=path, full_page=True)


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.LEAD])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_safety_pages_are_accessible_and_fit(
    clinic: str, alerts: list[str], tab: Opens, role: Role, size: dict[str, int]
) -> None:
    screen = tab(size)
    sign_in(screen, clinic, role)
    found = []
    for name, path in PATHS.items():
        screen.goto(f"{clinic}/staff/{path.format(*alerts)}")
        for summary in screen.locator("summary").all():
            summary.click()
        found += violations(screen)
        wide = screen.evaluate("document.documentElement.scrollWidth")
        found += [f"{name} is {wide} wide"] if wide > size["width"] else []
        keep_picture(screen, f"{name}-{role}-{size['width']}")
    assert found == []


def test_an_alert_is_taken_without_scripts(
    clinic: str, alerts: list[str], tab: Opens
) -> None:
    screen = tab(java_script_enabled=False)
    sign_in(screen, clinic, Role.FRONT_DESK)
    screen.goto(f"{clinic}/staff/safety/")
    press(screen.locator(f"main a[href*='{alerts[0]}']"))
    press(screen.get_by_role("button", name="I take it"))
    assert "who-front-desk" in screen.inner_text("main")
    assert SafetyAlert.objects.get(pk=alerts[0]).owner is not None
