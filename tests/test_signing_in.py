"""Signing in: a password, a code that works once, few tries, and all on record."""

from __future__ import annotations

import time
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

from screening.models import AuditEvent, Protocol, Role, Staff
from screening.services import auditing
from tests import patients

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-secret"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def ash(protocol: Protocol) -> Staff:
    return patients.person(Role.LEAD)


def sign_in(client: Client, password: str = PASSWORD, name: str = "ash", **more: Any):  # type: ignore[no-untyped-def]
    typed = {"login": name, "password": password}
    return client.post("/staff/account/login/", typed, **more)


def code(secret: str = SECRET) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def type_code(client: Client, typed: str) -> Any:
    return client.post("/staff/account/2fa/authenticate/", {"code": typed})


def actions() -> list[str]:
    events = AuditEvent.objects.filter(action__startswith="staff.").order_by("seq")
    return list(events.values_list("action", flat=True))


def test_who_comes_and_goes_is_on_record(client: Client, ash: Staff) -> None:
    assert sign_in(client)["Location"] == "/staff/"
    client.post("/staff/account/logout/")
    assert actions() == ["staff.signed-in", "staff.signed-out"]
    events = AuditEvent.objects.filter(action__startswith="staff.")
    assert {event.actor for event in events} == {ash}
    assert auditing.verify() == []


def test_signing_out_twice_is_recorded_once(client: Client, ash: Staff) -> None:
    sign_in(client)
    client.post("/staff/account/logout/")
    client.post("/staff/account/logout/")
    assert actions().count("staff.signed-out") == 1


def test_a_failed_try_names_the_account_and_not_what_was_typed(
    client: Client, ash: Staff
) -> None:
    assert sign_in(client, "canary-password").status_code == 200
    sign_in(client, "canary-password", name="canary-name")
    known, unknown = AuditEvent.objects.filter(action="staff.sign-in-failed")
    assert (known.object_type, known.object_id) == ("staff", str(ash.pk))
    assert (unknown.object_type, unknown.object_id) == ("", "")
    assert "canary" not in str(AuditEvent.objects.values_list())


@pytest.mark.parametrize("name", ["x" * 100_000, "x@" * 50_000])
def test_a_name_without_end_is_nobodys(client: Client, ash: Staff, name: str) -> None:
    assert sign_in(client, "no", name=name).status_code == 200
    assert "_auth_user_id" not in client.session


def test_five_wrong_passwords_shut_the_account_for_a_while(
    client: Client, ash: Staff
) -> None:
    patients.person(name="birch")
    for number in range(5):
        elsewhere = {"REMOTE_ADDR": f"192.0.2.{number}"}
        sign_in(client, "wrong", **elsewhere)
    assert sign_in(client, REMOTE_ADDR="192.0.2.9").status_code == 200
    assert sign_in(client, name="birch", REMOTE_ADDR="192.0.2.9").status_code == 302
    client.post("/staff/account/logout/")
    with time_machine.travel(time.time() + 301):
        assert sign_in(client, REMOTE_ADDR="192.0.2.9").status_code == 302


def test_ten_wrong_names_a_minute_shut_an_address(client: Client, ash: Staff) -> None:
    for number in range(10):
        sign_in(client, "wrong", name=f"nobody-{number}", REMOTE_ADDR="192.0.2.1")
    assert sign_in(client, REMOTE_ADDR="192.0.2.1").status_code == 200
    assert sign_in(client, REMOTE_ADDR="192.0.2.2").status_code == 302


def test_a_forged_address_opens_no_new_budget(
    client: Client, ash: Staff, settings: Any
) -> None:
    settings.PROXIES = settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(11):
        forged = f"198.51.100.{number}, 192.0.2.1"
        last = sign_in(
            client,
            "wrong",
            name=f"nobody-{number}",
            HTTP_X_FORWARDED_FOR=forged,
        )
    assert b"Too many" in last.content
    with_right_password = sign_in(client, HTTP_X_FORWARDED_FOR="203.0.113.1, 192.0.2.1")
    assert with_right_password.status_code == 200


@pytest.fixture
def with_app(client: Client, ash: Staff) -> Client:
    TOTP.activate(ash, SECRET)
    return client


def test_a_password_alone_opens_nothing_once_an_app_is_on(with_app: Client) -> None:
    assert sign_in(with_app)["Location"] == "/staff/account/2fa/authenticate/"
    assert with_app.get("/staff/")["Location"].startswith("/staff/account/login/")
    assert "staff.signed-in" not in actions()
    assert type_code(with_app, code())["Location"] == "/staff/"
    assert with_app.get("/staff/").status_code == 200


def test_a_code_works_once(with_app: Client) -> None:
    sign_in(with_app)
    typed = code()
    type_code(with_app, typed)
    with_app.post("/staff/account/logout/")
    sign_in(with_app)
    assert type_code(with_app, typed).status_code == 200
    assert actions()[-1] == "staff.sign-in-failed"


def test_wrong_codes_are_counted(with_app: Client) -> None:
    sign_in(with_app)
    for _ in range(6):
        type_code(with_app, "000000")
    assert type_code(with_app, code()).status_code == 200
    assert actions().count("staff.sign-in-failed") == 5


def test_an_app_is_set_up_and_brings_recovery_codes(client: Client, ash: Staff) -> None:
    sign_in(client)
    client.post("/staff/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/staff/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    typed = {"code": code(secret)}
    answer = client.post("/staff/account/2fa/totp/activate/", typed)
    assert answer["Location"] == "/staff/account/2fa/recovery-codes/"
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    client.post("/staff/account/logout/")
    sign_in(client)
    assert type_code(client, codes[0])["Location"] == "/staff/"
    client.post("/staff/account/logout/")
    sign_in(client)
    assert type_code(client, codes[0]).status_code == 200
    assert type_code(client, codes[1])["Location"] == "/staff/"


def test_no_seed_lies_open_in_the_database(with_app: Client) -> None:
    assert SECRET not in str(Authenticator.objects.values_list("data"))


def test_a_password_wrong_once_more_at_the_second_door_is_on_record(
    client: Client, ash: Staff
) -> None:
    sign_in(client)
    client.post("/staff/account/reauthenticate/", {"password": "wrong"})
    assert actions()[-1] == "staff.sign-in-failed"


def test_a_code_wrong_at_the_second_door_is_on_record(with_app: Client) -> None:
    sign_in(with_app)
    type_code(with_app, code())
    with_app.post("/staff/account/2fa/reauthenticate/", {"code": "000000"})
    assert actions()[-1] == "staff.sign-in-failed"
