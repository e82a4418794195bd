"""A tablet in a browser: it clears itself, and the back button shows nothing."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page as Tab

from screening.models import Protocol, Role
from screening.services import links
from screening.services.journey import inviting
from screening.views.journey import tablets
from tests import patients
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, Opens, press
from tests.browser.test_accessible import log_in
from tests.browser.test_desk import sit_down
from tests.browser.test_forgetting import CANARY


@pytest.fixture
def tablet(clinic: str, tab: Opens) -> Opens:
    """Open a tab on a tablet that holds somebody's answers."""

    def opens() -> Tab:
        response, page = HttpResponse(), tab()
        name = tablets.enter(response)
        assert name
        draft = patients.draft(Protocol.objects.current(), full_name=CANARY)
        log_in(page.context, clinic, draft)
        held = response.cookies["tablet"]
        page.context.add_cookies(
            [{"name": "tablet", "value": held.value, "url": clinic}]
        )
        return page

    return opens


def test_a_tablet_that_nobody_touches_clears_itself(tablet: Opens, clinic: str) -> None:
    page = tablet()
    page.clock.install()
    page.goto(f"{clinic}/page/about-you/")
    assert CANARY in page.content()
    page.clock.run_for(9 * 60_000 + 5_000)
    assert page.get_by_role("alert").is_visible()
    page.mouse.click(5, 5)
    assert not page.get_by_role("alert").is_visible()
    page.clock.run_for(10 * 60_000 + 5_000)
    page.wait_for_url(f"{clinic}/cleared/")
    page.go_back()
    page.wait_for_load_state()
    assert CANARY not in page.content()


def test_after_finishing_the_back_button_shows_nothing(
    tablet: Opens, clinic: str
) -> None:
    page = tablet()
    page.goto(f"{clinic}/page/about-you/")
    page.goto(f"{clinic}/check/")
    assert CANARY in page.content()
    page.get_by_role("link", name="Finish and clear").click()
    press(page.get_by_role("button", name="Clear this tablet"))
    page.wait_for_url(f"{clinic}/cleared/")
    for _ in range(3):
        page.go_back()
        page.wait_for_load_state()
        assert CANARY not in page.content()


def test_what_is_cleared_in_one_tab_is_gone_from_the_other(
    tablet: Opens, clinic: str
) -> None:
    page = tablet()
    other = page.context.new_page()
    other.goto(f"{clinic}/check/")
    assert CANARY in other.content()
    page.goto(f"{clinic}/finish/")
    press(page.get_by_role("button", name="Clear this tablet"))
    other.wait_for_url(f"{clinic}/cleared/")
    assert CANARY not in other.content()


def test_without_script_a_tablet_clears_itself_too(
    clinic: str, tab: Opens, settings: object
) -> None:
    response, page = HttpResponse(), tab(java_script_enabled=False)
    tablets.enter(response)
    held = response.cookies["tablet"].value
    page.context.add_cookies([{"name": "tablet", "value": held, "url": clinic}])
    page.goto(f"{clinic}/")
    assert page.locator("meta[http-equiv=refresh]").get_attribute("content") == (
        "600; url=/cleared/"
    )


def test_the_pages_of_a_tablet_are_accessible(tablet: Opens, clinic: str) -> None:
    page, found = tablet(), []
    for path in ("page/about-you/", "finish/", "cleared/"):
        page.goto(f"{clinic}/{path}")
        page.evaluate("document.getElementById('idle').hidden = false")
        found += violations(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"]
    assert found == []


def test_the_pages_of_an_invitation_are_accessible(clinic: str, tab: Opens) -> None:
    desk, phone = sit_down(tab(DESK), clinic, Role.LEAD), tab()
    made = inviting.invite(by=patients.person(Role.FRONT_DESK, "elm"))
    link = clinic + reverse("invitation_link", args=[links.token_of(made)])
    found = []
    for path in ("", f"{made.pk}/"):
        desk.goto(f"{clinic}/staff/invitations/{path}")
        found += violations(desk)
    phone.goto(link)
    assert phone.url == f"{clinic}/invited/"
    found += violations(phone)
    phone.goto(f"{clinic}/invited/no-such-link/")
    assert found + violations(phone) == []


def test_the_history_of_a_browser_holds_no_link(clinic: str, tab: Opens) -> None:
    phone = tab()
    made = inviting.invite(by=patients.person(Role.FRONT_DESK))
    token = links.token_of(made)
    asked = []
    phone.on("request", lambda request: asked.append(request))
    phone.goto(f"{clinic}/help/")
    phone.goto(f"{clinic}/invited/{token}/")
    press(phone.get_by_role("button", name="Go on"))
    phone.wait_for_url(f"{clinic}/begin/")
    phone.go_back()
    assert phone.url == f"{clinic}/invited/"
    phone.go_back()
    assert phone.url == f"{clinic}/help/"
    referrers = [request.headers.get("referer", "") for request in asked]
    assert not [each for each in referrers if token in each]
    assert Client().get(f"/invited/{token}/")["Location"] == "/invited/"
