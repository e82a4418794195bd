"""How staff prove who they are: ASVS on passwords, factors and sessions."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import MD5PasswordHasher, PBKDF2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from clinic import sign_in as shipped
from screening.models import Protocol, Role, Staff
from tests import patients
from tests.test_access import ROUTES, address, client_of, world
from tests.test_settings import settings_of, start
from tests.test_signing_in import PASSWORD, SECRET, code, sign_in, type_code

__all__ = ["start", "world"]
pytestmark = pytest.mark.django_db
ACCOUNT = "/staff/account/"


@pytest.fixture
def ash(protocol: Protocol) -> Staff:
    return patients.person(Role.LEAD)


@pytest.fixture
def desk(client: Client, ash: Staff) -> Client:
    sign_in(client)
    client.post(f"{ACCOUNT}reauthenticate/", {"password": PASSWORD})
    return client


def change(client: Client, new: str, old: str = PASSWORD) -> Any:
    typed = {"oldpassword": old, "password1": new, "password2": new}
    return client.post(f"{ACCOUNT}password/change/", typed)


@pytest.mark.parametrize(
    "password",
    [
        *("fourteen-chars", "1qaz2wsx3edc4rfv", "lamplight-clinic-2027"),
        *("Ketamine2027!!!!", "passwordpassword", "ash@demo.invalid"),
    ],
)
def test_a_password_that_is_tried_first_is_refused(desk: Client, password: str) -> None:
    assert change(desk, password).status_code == 200
    assert Staff.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize(
    "password",
    [
        *("only lower case words", "98127634560987123", "ÄÖÜ ключ 鍵 and more"),
        *("x9" * 64, "  spaces around it  ", "Lamplight shows the harbour wall"),
    ],
)
def test_any_other_password_of_fifteen_is_taken_as_it_is(
    desk: Client, password: str
) -> None:
    assert change(desk, password).status_code == 302
    ash = Staff.objects.get()
    assert ash.check_password(password)
    assert not ash.check_password(password.swapcase() + " ")
    assert not ash.check_password(password[:-1])
    assert sign_in(Client(), password)["Location"] == "/staff/"


def test_the_old_password_is_asked_for_the_new_one(desk: Client) -> None:
    assert change(desk, "another long password", old="wrong").status_code == 200
    assert Staff.objects.get().check_password(PASSWORD)


def test_a_password_is_hidden_while_it_is_typed(desk: Client) -> None:
    for path in ("password/change/", "reauthenticate/"):
        page = desk.get(ACCOUNT + path).content.decode()
        boxes = re.findall(r"<input[^>]*password[^>]*>", page)
        assert boxes
        assert all('type="password"' in box for box in boxes)
    door = Client().get(f"{ACCOUNT}login/").content.decode()
    assert 'type="password"' in door
    assert 'autocomplete="current-password"' in door


def test_passwords_are_stretched(start: Any) -> None:
    assert "PASSWORD_HASHERS" not in settings_of(start())
    assert PBKDF2PasswordHasher.algorithm == "pbkdf2_sha256"
    assert PBKDF2PasswordHasher.iterations >= 600_000


def test_the_settings_that_ship_check_every_password(ash: Staff) -> None:
    names = [each["NAME"] for each in shipped.AUTH_PASSWORD_VALIDATORS]
    assert len(names) == 4
    with pytest.raises(ValidationError):
        validate_password("short", ash)


def test_an_older_code_of_the_app_is_refused(client: Client, ash: Staff) -> None:
    TOTP.activate(ash, SECRET)
    sign_in(client)
    with time_machine.travel(time.time() - 61):
        old = code()
    assert type_code(client, old).status_code == 200
    assert type_code(client, code())["Location"] == "/staff/"


def test_codes_and_links_run_out_and_are_long_enough(settings: Any) -> None:
    assert settings.PASSWORD_RESET_TIMEOUT <= 3600
    assert 10 ** getattr(settings, "MFA_TOTP_DIGITS", 6) >= 10**6
    assert getattr(settings, "MFA_TOTP_PERIOD", 30) <= 30
    assert getattr(settings, "MFA_TOTP_TOLERANCE", 0) == 0
    assert getattr(settings, "MFA_RECOVERY_CODE_DIGITS", 8) >= 8


def test_recovery_codes_are_not_stored_in_the_clear(desk: Client, ash: Staff) -> None:
    page = desk.get(f"{ACCOUNT}2fa/totp/activate/")
    secret = page.context["form"].secret
    desk.post(f"{ACCOUNT}2fa/totp/activate/", {"code": code(secret)})
    held = Authenticator.objects.get(type="recovery_codes")
    codes = held.wrap().get_unused_codes()
    assert len(set(codes)) == 10
    assert not [each for each in codes if each in str(held.data)]


def test_signing_in_begins_a_new_session(client: Client, ash: Staff) -> None:
    client.get("/begin/")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    client.cookies["session"] = planted
    sign_in(client)
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies["session"] = planted
    assert thief.get("/staff/")["Location"].startswith(f"{ACCOUNT}login/")


def test_a_session_that_was_ended_opens_nothing(desk: Client) -> None:
    overheard = desk.cookies["session"].value
    desk.post(f"{ACCOUNT}logout/")
    thief = Client()
    thief.cookies["session"] = overheard
    assert thief.get("/staff/")["Location"].startswith(f"{ACCOUNT}login/")


@pytest.mark.parametrize(
    "path", ["2fa/totp/activate/", "2fa/webauthn/add/", "2fa/recovery-codes/generate/"]
)
def test_how_one_signs_in_changes_after_signing_in_anew(
    client: Client, ash: Staff, path: str
) -> None:
    sign_in(client)
    if "codes" in path:
        TOTP.activate(ash, SECRET)
    assert "reauthenticate" in client.get(ACCOUNT + path)["Location"]


def test_an_unlocked_desk_adds_no_address_to_an_account(
    client: Client, ash: Staff
) -> None:
    """Who could, would have a new password sent there."""
    sign_in(client)
    added = {"action_add": "", "email": "thief@example.org"}
    assert client.post(f"{ACCOUNT}email/", added).status_code == 404
    assert not EmailAddress.objects.filter(email="thief@example.org").exists()


@pytest.mark.parametrize("role", [Role.LEAD, Role.FRONT_DESK, Role.ADMINISTRATOR])
def test_every_page_of_staff_has_a_way_out(world: dict[str, str], role: Role) -> None:
    client = client_of(role, world)
    for route, method in sorted(ROUTES):
        if method == "get" and route.startswith("staff/"):
            page = client.get(address(route, world))
            if page.status_code == 200 and b"</html>" in getattr(page, "content", b""):
                assert b"Sign out" in page.content, route


class CountedHasher(MD5PasswordHasher):
    """Counts how often a password is stretched: that is what takes the time."""

    times = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).times += 1
        return super().encode(password, salt)


@pytest.mark.parametrize(
    "names", [("ash", "nobody"), ("ash@demo.invalid", "no@body.test")]
)
def test_a_name_that_is_not_there_is_refused_like_a_wrong_password(
    ash: Staff, settings: Any, names: tuple[str, str]
) -> None:
    """In the same words, after the same work."""
    settings.PASSWORD_HASHERS = [f"{__name__}.{CountedHasher.__name__}"]
    pages = []
    for tried in names:
        CountedHasher.times = 0
        typed = {"login": tried, "password": "wrong"}
        page = Client().post(f"{ACCOUNT}login/", typed)
        pages.append(re.sub(r'value="[^"]*"', "", page.content.decode()))
        assert CountedHasher.times == 1
    assert pages[0] == pages[1]
