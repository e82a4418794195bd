"""Every way in, out, or to another password or factor leaves its mark on the record."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.test import Client

from screening.models import AuditEvent, Protocol, Role, Staff
from screening.services import auditing
from tests import patients
from tests.test_access import routes
from tests.test_signing_in import PASSWORD, SECRET, actions, code, sign_in, type_code

pytestmark = pytest.mark.django_db
ACCOUNT = "/staff/account/"
NEW = "correct-horse-battery-4711"
Step = Callable[[Client], Any]


@pytest.fixture
def ash(protocol: Protocol) -> Staff:
    return patients.person(Role.LEAD)


@pytest.fixture
def desk(client: Client, ash: Staff) -> Client:
    sign_in(client)
    client.post(f"{ACCOUNT}reauthenticate/", {"password": PASSWORD})
    return client


def post(path: str, **fields: Any) -> Step:
    return lambda client: client.post(path, fields)


def change_password(client: Client) -> Any:
    typed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    return client.post(f"{ACCOUNT}password/change/", typed)


def activate(client: Client) -> Any:
    page = client.get(f"{ACCOUNT}2fa/totp/activate/")
    typed = {"code": code(page.context["form"].secret)}
    return client.post(f"{ACCOUNT}2fa/totp/activate/", typed)


def deactivate(client: Client) -> Any:
    TOTP.activate(Staff.objects.get(), SECRET)
    return client.post(f"{ACCOUNT}2fa/totp/deactivate/")


def new_codes(client: Client) -> Any:
    TOTP.activate(Staff.objects.get(), SECRET)
    RecoveryCodes.activate(Staff.objects.get())
    return client.post(f"{ACCOUNT}2fa/recovery-codes/generate/")


def remove_key(client: Client) -> Any:
    TOTP.activate(Staff.objects.get(), SECRET)
    key = Authenticator.objects.create(
        user=Staff.objects.get(), type="webauthn", data={"name": "key"}
    )
    return client.post(f"{ACCOUNT}2fa/webauthn/keys/{key.pk}/remove/")


def end_elsewhere(client: Client) -> Any:
    sign_in(Client())
    return client.post(f"{ACCOUNT}sessions/")


# Route, what is done there, and the event it leaves. Keys that are added or used are
# in tests/browser/test_passkeys.py; what fails, in test_passkey_posts.py.
MARKS: dict[str, tuple[Step, str]] = {
    "staff/account/logout/": (post(f"{ACCOUNT}logout/"), "staff.signed-out"),
    "staff/admin/logout/": (post("/staff/admin/logout/"), "staff.signed-out"),
    "staff/account/password/change/": (change_password, "staff.password-changed"),
    "staff/account/2fa/totp/activate/": (activate, "staff.totp-activated"),
    "staff/account/2fa/totp/deactivate/": (deactivate, "staff.totp-deactivated"),
    "staff/account/2fa/recovery-codes/generate/": (
        new_codes,
        "staff.recovery-codes-generated",
    ),
    "staff/account/2fa/webauthn/keys/<int:pk>/remove/": (
        remove_key,
        "staff.webauthn-removed",
    ),
    "staff/account/sessions/": (end_elsewhere, "staff.signed-out-elsewhere"),
    "staff/account/reauthenticate/": (
        post(f"{ACCOUNT}reauthenticate/", password=PASSWORD),
        "staff.signed-in-again",
    ),
    "leave/": (lambda client: client.get("/leave/"), "staff.signed-out"),
}
# These change nothing about who is in, or lead to those above; each with the reason.
SILENT = {
    "staff/account/login/": "test_a_sign_in_names_its_factors",
    "staff/account/2fa/authenticate/": "test_a_sign_in_names_its_factors",
    "staff/account/2fa/reauthenticate/": "test_a_code_given_again_is_on_record",
    "staff/account/2fa/webauthn/": "shows",
    "staff/account/2fa/webauthn/add/": "test_passkeys",
    "staff/account/2fa/webauthn/login/": "test_passkeys",
    "staff/account/2fa/webauthn/reauthenticate/": "test_passkey_posts",
    "staff/account/2fa/webauthn/keys/<int:pk>/edit/": "renames",
    "staff/account/2fa/": "shows",
    "staff/account/2fa/recovery-codes/": "shows",
    "staff/account/2fa/recovery-codes/download/": "shows",
    "staff/account/inactive/": "shows",
    "staff/account/signup/": "closed",
    "staff/account/email/": "shut",
    "staff/account/confirm-email/": "shut",
    "staff/account/confirm-email/<path:rest>": "shut",
    "staff/account/^confirm-email/(?P<key>[-:\\w]+)/$": "shut",
    "staff/account/password/set/": "leads to change: everybody has a password",
    "staff/account/password/reset/": "test_new_password",
    "staff/account/password/reset/done/": "shows",
    "staff/account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": (
        "test_new_password"
    ),
    "staff/account/password/reset/key/done/": "shows",
    "staff/account/login/code/confirm/": "off",
    "staff/admin/login/": "leads to the one login",
    "staff/admin/password_change/": "leads to the one change",
    "staff/admin/password_change/done/": "shows",
}


def test_every_route_of_signing_in_is_looked_at() -> None:
    about = re.compile(r"^staff/account/|^staff/admin/(login|logout|password)")
    found = {route for route, _ in routes() if about.match(route)}
    assert found == {r for r in (MARKS | SILENT) if r != "leave/"}


@pytest.mark.parametrize("route", MARKS)
def test_a_way_in_or_out_leaves_its_mark(
    desk: Client, django_capture_on_commit_callbacks: Any, route: str
) -> None:
    step, action = MARKS[route]
    with django_capture_on_commit_callbacks(execute=True):
        assert step(desk).status_code == 302
    assert actions()[-1] == action
    assert AuditEvent.objects.order_by("-seq")[0].actor == Staff.objects.get()
    assert auditing.verify() == []


def test_a_sign_in_names_its_factors(client: Client, ash: Staff) -> None:
    TOTP.activate(ash, SECRET)
    sign_in(client)
    type_code(client, code())
    assert AuditEvent.objects.get(action="staff.signed-in").meta == {
        "how": "password+totp"
    }


def test_a_code_given_again_is_on_record(client: Client, ash: Staff) -> None:
    sign_in(client)
    TOTP.activate(ash, SECRET)
    client.post(f"{ACCOUNT}2fa/reauthenticate/", {"code": code()})
    assert actions()[-1] == "staff.signed-in-again"


def test_a_sign_in_proven_again_gets_a_new_session(client: Client, ash: Staff) -> None:
    sign_in(client)
    overheard = client.cookies["session"].value
    client.post(f"{ACCOUNT}reauthenticate/", {"password": PASSWORD})
    assert client.cookies["session"].value != overheard
    assert not Session.objects.filter(session_key=overheard).exists()
    assert b"<b>This one.</b>" in client.get(f"{ACCOUNT}sessions/").content


def test_signing_out_elsewhere_ends_those_sessions(desk: Client) -> None:
    other = Client()
    sign_in(other)
    assert b"2 places" in desk.get(f"{ACCOUNT}sessions/").content
    desk.post(f"{ACCOUNT}sessions/")
    assert other.get("/staff/")["Location"].startswith(f"{ACCOUNT}login/")
    assert desk.get("/staff/").status_code == 200


def test_a_new_password_ends_the_sessions_elsewhere(desk: Client) -> None:
    other = Client()
    sign_in(other)
    change_password(desk)
    assert other.get("/staff/")["Location"].startswith(f"{ACCOUNT}login/")
    assert desk.get("/staff/").status_code == 200


def test_the_back_office_changes_no_password_itself(desk: Client) -> None:
    answer = desk.get("/staff/admin/password_change/")
    assert answer["Location"] == f"{ACCOUNT}password/change/"
