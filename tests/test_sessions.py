"""Whoever reads the sessions in the database, or in a backup, can use none of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from clinic.settings import MIDDLEWARE  # noqa: TID251
from screening.models import Protocol
from tests import patients
from tests.test_signing_in import sign_in
from tests.walking import walk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_shipped(settings: Any) -> None:
    settings.MIDDLEWARE = MIDDLEWARE


def thief(cookie: str) -> Client:
    client = Client()
    client.cookies["session"] = cookie
    return client


def test_a_key_from_the_database_signs_nobody_in(protocol: Protocol) -> None:
    patients.person()
    desk = Client()
    sign_in(desk)
    key = Session.objects.get().session_key
    assert thief(desk.cookies["session"].value).get("/staff/").status_code == 200
    assert "login" in thief(key).get("/staff/")["Location"]


def test_a_key_from_the_database_opens_no_draft(protocol: Protocol) -> None:
    patient = Client()
    walk(
        patient, protocol.engine, patients.answers_of("p01-two-antidepressants-failed")
    )
    key = Session.objects.get().session_key
    assert thief(patient.cookies["session"].value).get("/code/").status_code == 200
    assert thief(key).get("/code/")["Location"] == "/resume/"


def test_the_signature_of_one_cookie_is_no_good_for_another_key(
    protocol: Protocol,
) -> None:
    patients.person()
    own, other = Client(), Client()
    own.get("/invited/token/")
    sign_in(own)
    signature = own.cookies["session"].value.partition(":")[2]
    known = set(Session.objects.values_list("session_key", flat=True))
    sign_in(other)
    (key,) = set(Session.objects.values_list("session_key", flat=True)) - known
    assert "login" in thief(f"{key}:{signature}").get("/staff/")["Location"]
