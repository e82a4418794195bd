"""A forgotten password: one link, by mail, to the address that the lead asked in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core import mail
from django.test import Client

from screening.models import Protocol, Role, Staff
from screening.services.mail import delivering
from screening.services.team import parting
from tests import patients
from tests.test_signing_in import SECRET, actions, sign_in
from tests.views.desk import signed_in_just_now

pytestmark = pytest.mark.django_db
ACCOUNT = "/staff/account/"
ADDRESS = "ash@demo.invalid"
NEW = "correct-horse-battery-4711"


@pytest.fixture
def ash(protocol: Protocol) -> Staff:
    return patients.person(Role.LEAD)


def ask(client: Client, email: str = ADDRESS) -> Any:
    return client.post(f"{ACCOUNT}password/reset/", {"email": email})


def link(ash: Staff) -> str:
    """Return the way in that was mailed, once the worker has been there."""
    assert delivering.deliver_next() is not None
    found = re.search(rf"{settings.ORIGIN}(\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def test_a_password_is_reset_by_mail_on_record_and_opens_nothing(
    client: Client, ash: Staff
) -> None:
    TOTP.activate(ash, SECRET)
    ask(client)
    there = link(ash)
    form = client.get(there)["Location"]
    assert "set-password" in form
    client.post(form, {"password1": NEW, "password2": NEW})
    assert actions() == ["staff.password-forgotten", "staff.password-reset"]
    assert client.get("/staff/")["Location"].startswith(f"{ACCOUNT}login/")
    assert sign_in(client, NEW)["Location"] == f"{ACCOUNT}2fa/authenticate/"
    assert client.get(there).status_code == 200


def test_a_reset_for_nobody_sends_no_mail(client: Client, ash: Staff) -> None:
    assert ask(client, "nobody@example.org").status_code == 302
    assert delivering.deliver_next() is None


def test_who_works_here_is_not_told_by_a_mail_server_that_is_away(
    client: Client, ash: Staff, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "no.such.backend"
    known, unknown = ask(client), ask(client, "nobody@example.org")
    assert (known.status_code, known.content) == (302, unknown.content)
    assert known["Location"] == unknown["Location"]
    assert actions() == ["staff.password-forgotten"] * 2


def test_asking_again_and_again_sends_one_mail(client: Client, ash: Staff) -> None:
    for _ in range(3):
        ask(client)
    assert delivering.deliver_next() is not None
    assert delivering.deliver_next() is None


def test_the_link_to_a_new_password_names_the_clinics_own_host(
    client: Client, ash: Staff
) -> None:
    client.post(
        f"{ACCOUNT}password/reset/", {"email": ADDRESS}, HTTP_HOST="localhost:666"
    )
    link(ash)
    assert "localhost:666" not in mail.outbox[-1].body


def test_whoever_has_left_is_mailed_no_way_in(client: Client, ash: Staff) -> None:
    ask(client)
    parting.part(ash.pk, by=patients.person(Role.LEAD, name="cedar"))
    assert delivering.deliver_next() is None


@pytest.mark.parametrize("route", ["email/", "confirm-email/", "confirm-email/Mg:1/"])
def test_nobody_sends_the_way_in_to_another_address(
    client: Client, ash: Staff, route: str
) -> None:
    client.force_login(ash)
    signed_in_just_now(client)
    typed = {"email": "elsewhere@example.org", "action_add": ""}
    assert client.get(f"{ACCOUNT}{route}").status_code == 404
    assert client.post(f"{ACCOUNT}{route}", typed).status_code == 404
    assert not EmailAddress.objects.filter(email=typed["email"]).exists()
