"""axe finds nothing on the pages for somebody in danger, whatever is down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.http import HttpRequest
from django.utils import timezone
from playwright.sync_api import Page as Tab

from screening.models import Protocol, Role
from screening.services import promises
from screening.views import errors
from tests import patients
from tests.browser.axe import violations
from tests.browser.conftest import Opens
from tests.browser.test_accessible import log_in
from tests.browser.test_safety_desk import keep_picture, sign_in

TIERS = {"a": {"asq-3": "yes"}, "b": {"safe-now": "not-sure"}, "c": {"safe-now": "no"}}
FAULTS: dict[str, Callable[[HttpRequest], Any]] = {
    "503": errors.unavailable,
    "500": errors.server_error,
}


def fits(tab: Tab) -> bool:
    wide = "document.documentElement.scrollWidth <= window.innerWidth"
    return bool(tab.evaluate(wide))


def is_sound(tab: Tab, name: str) -> bool:
    keep_picture(tab, name)
    assert violations(tab) == []
    return fits(tab)


@pytest.mark.parametrize("tier", ["", *TIERS])
def test_a_help_page_out_of_hours_is_accessible(
    clinic: str, tab: Opens, settings: Any, tier: str
) -> None:
    today = promises.local(timezone.now()).date()
    settings.CLINIC = settings.CLINIC | {"on_call": "", "holidays": [today]}
    red = TIERS.get(tier, {})
    draft = patients.draft(Protocol.objects.current(), **patients.ASQ_CALM | red)
    phone = tab()
    log_in(phone.context, clinic, draft)
    phone.goto(f"{clinic}/help-now/")
    thanks = phone.inner_text("h1") == "Thank you for telling us"
    assert thanks is bool(tier) and is_sound(phone, f"tier-{tier}")
    phone.goto(f"{clinic}/")
    assert "No one looks" in phone.inner_text("main") and is_sound(phone, "start")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_page_that_says_what_is_wrong_is_accessible(
    clinic: str, tab: Opens, fault: str
) -> None:
    page = FAULTS[fault](HttpRequest())
    phone = tab()
    phone.route(
        "**/fault/",
        lambda route: route.fulfill(
            status=page.status_code, body=page.content, content_type="text/html"
        ),
    )
    phone.goto(f"{clinic}/fault/")
    assert is_sound(phone, fault)


def test_the_help_page_of_a_clinic_that_is_down_is_accessible(
    tab: Opens, tmp_path: Path
) -> None:
    call_command("render_help", str(tmp_path / "help.html"), verbosity=0)
    phone = tab()
    phone.goto(f"file://{tmp_path}/help.html")
    assert is_sound(phone, "static-help")


def test_the_banner_of_the_back_office_is_accessible(clinic: str, tab: Opens) -> None:
    patients.draft(Protocol.objects.current(), **{"safe-now": "no"})
    phone = tab()
    sign_in(phone, clinic, Role.LEAD)
    phone.goto(f"{clinic}/staff/admin/")
    keep_picture(phone, "office")
    # The rest of the back office is Django's own.
    found = [line for line in violations(phone) if "alarm" in line or "amiss" in line]
    assert found == []
