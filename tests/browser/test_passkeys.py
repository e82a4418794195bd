"""A passkey: made once at the desk, then it opens the door by itself."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from playwright.sync_api import Page as Tab

from screening.models import AuditEvent, Role
from tests import patients
from tests.browser.conftest import DESK, Opens, press

PASSWORD = "a-long-secret"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_a_key(tab: Tab) -> Tab:
    devtools = tab.context.new_cdp_session(tab)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return tab


def sign_in(tab: Tab, clinic: str) -> None:
    tab.goto(f"{clinic}/staff/account/login/")
    tab.fill("[name=login]", "ash")
    tab.fill("[name=password]", PASSWORD)
    tab.get_by_role("button", name="Sign in", exact=True).click()
    tab.wait_for_url(f"{clinic}/staff/")


def add_a_passkey(tab: Tab, clinic: str) -> None:
    tab.goto(f"{clinic}/staff/account/2fa/webauthn/add/")
    tab.fill("[name=password]", PASSWORD)
    tab.locator("main form button[type=submit]").first.click()
    tab.wait_for_url("**/webauthn/add/")
    tab.fill("[name=name]", "The key of this test")
    tab.locator("[name=passwordless]").check()
    tab.locator("#mfa_webauthn_add").click()
    tab.wait_for_url("**/recovery-codes/**")


def test_a_passkey_signs_in_without_a_password(tab: Opens, clinic: str) -> None:
    here = clinic.replace("127.0.0.1", "localhost")
    patients.person(Role.LEAD)
    desk = with_a_key(tab(DESK))
    sign_in(desk, here)
    add_a_passkey(desk, here)
    assert Authenticator.objects.filter(type="webauthn").count() == 1
    press(desk.get_by_role("button", name="Sign out"))
    desk.goto(f"{here}/staff/account/login/")
    desk.locator("#passkey_login").click()
    desk.wait_for_url(f"{here}/staff/")
    assert AuditEvent.objects.filter(action="staff.signed-in").count() == 2


def test_a_password_alone_does_not_pass_a_key(tab: Opens, clinic: str) -> None:
    here = clinic.replace("127.0.0.1", "localhost")
    patients.person(Role.LEAD)
    desk = with_a_key(tab(DESK))
    sign_in(desk, here)
    add_a_passkey(desk, here)
    stranger = tab(DESK)
    stranger.goto(f"{here}/staff/account/login/")
    stranger.fill("[name=login]", "ash")
    stranger.fill("[name=password]", PASSWORD)
    stranger.get_by_role("button", name="Sign in", exact=True).click()
    stranger.wait_for_url("**/2fa/authenticate/**")
    stranger.goto(f"{here}/staff/")
    assert stranger.url == f"{here}/staff/account/2fa/authenticate/"
