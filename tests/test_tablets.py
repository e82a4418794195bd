"""A tablet that goes from hand to hand forgets soon, and at the end."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
import time_machine
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.test import Client

from screening.models import AuditEvent, Protocol, Response, Role
from screening.services.journey import inviting
from screening.views.access import DRAFT
from screening.views.journey import tablets
from tests import patients
from tests.test_beginning import consent  # noqa: F401
from tests.test_inviting import follow

pytestmark = pytest.mark.django_db

FORGET = '"cache", "storage"'
LINK = "Finish and clear this tablet"
IDLE = configured.CLINIC["tablet"]["idle_minutes"] * 60


@pytest.fixture
def tablet(protocol: Protocol) -> Client:
    """A device that the front desk has made a tablet."""
    client = Client()
    client.force_login(patients.person(Role.FRONT_DESK))
    client.post("/staff/tablet/", {"action": "begin"})
    return client


def hand_over(tablet: Client, protocol: Protocol) -> Response:
    response = patients.draft(protocol)
    session = tablet.session
    session[DRAFT] = str(response.pk)
    session.save()
    tablet.cookies[configured.SESSION_COOKIE_NAME] = session.session_key
    return response


def test_staff_are_signed_out_of_the_device_they_hand_over(tablet: Client) -> None:
    assert "/staff/account/login/" in tablet.get("/staff/safety/")["Location"]
    said = AuditEvent.objects.values_list("action", flat=True)
    assert {"tablet.begun", "staff.signed-out"} <= set(said)


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/begin/", "/help/", "/privacy/", "/contact/", "/resume/", "/cleared/"),
        *("/page/about-you/", "/check/", "/code/", "/stop/", "/nothing-here/"),
        *("/page/medicines-a/", "/help-now/", "/copy/"),
    ],
)
def test_every_page_offers_to_clear_the_tablet(
    tablet: Client, protocol: Protocol, path: str
) -> None:
    hand_over(tablet, protocol)
    page = tablet.get(path, follow=True).content.decode()
    assert LINK in page and 'http-equiv="refresh"' in page
    assert f"{IDLE}; url=/cleared/" in page


def test_its_browser_is_asked_to_keep_nothing_that_was_typed(
    tablet: Client, client: Client, protocol: Protocol
) -> None:
    hand_over(tablet, protocol)
    hand_over(client, protocol)
    for path in ("/page/about-you/", "/page/about-contact/", "/resume/"):
        offered = 'autocomplete="(?!off")'
        page = tablet.get(path)
        assert not re.search(offered, page.content.decode())
        assert page["Content-Length"] == str(len(page.content))
    assert re.search(offered, client.get("/page/about-you/").content.decode())


def test_no_other_device_is_asked_to_clear_itself(
    client: Client, protocol: Protocol
) -> None:
    hand_over(client, protocol)
    for path in ("/", "/page/about-you/", "/check/"):
        assert LINK not in client.get(path).content.decode()
    assert client.get("/finish/")["Location"] == "/"
    assert client.get("/cleared/")["Location"] == "/"
    assert client.get("/check/").status_code == 200


def test_what_rests_is_forgotten(tablet: Client, protocol: Protocol) -> None:
    hand_over(tablet, protocol)
    start = time.time()
    for minutes in (0, 8, 16):
        with time_machine.travel(start + 60 * minutes, tick=False):
            assert tablet.get("/check/").status_code == 200
    with time_machine.travel(start + 60 * 16 + IDLE + 1, tick=False):
        assert tablet.get("/check/")["Location"] == "/cleared/"
        assert tablet.get("/cleared/")["Clear-Site-Data"] == FORGET
        assert tablet.get("/copy/?all=yes")["Location"] == "/cleared/"


def test_the_cookie_ends_as_soon_as_the_session(
    tablet: Client, protocol: Protocol
) -> None:
    hand_over(tablet, protocol)
    answer = tablet.get("/check/")
    assert answer.cookies[configured.SESSION_COOKIE_NAME]["max-age"] == IDLE


def test_finishing_clears_the_tablet_and_keeps_the_answers(
    tablet: Client, protocol: Protocol
) -> None:
    response = hand_over(tablet, protocol)
    assert "Get a code" in tablet.get("/finish/").content.decode()
    done = tablet.post("/finish/")
    assert (done["Location"], done["Clear-Site-Data"]) == ("/cleared/", FORGET)
    for path in ("/check/", "/page/about-you/", "/code/", "/copy/?all=yes"):
        assert tablet.get(path)["Location"] == "/cleared/"
    assert not [s for s in Session.objects.all() if DRAFT in s.get_decoded()]
    assert Response.objects.get() == response


def test_the_next_patient_begins_anew(
    tablet: Client,
    protocol: Protocol,
    consent: dict[str, Any],  # noqa: F811
) -> None:
    before = hand_over(tablet, protocol)
    tablet.post("/finish/")
    assert "Ada Quill" not in tablet.get("/begin/").content.decode()
    tablet.post("/begin/", consent)
    assert tablet.session[DRAFT] != str(before.pk)
    assert "Ada Quill" not in tablet.get("/check/").content.decode()


def test_a_tablet_has_a_budget_of_its_own(
    tablet: Client,
    consent: dict[str, Any],  # noqa: F811
    settings: Any,
) -> None:
    settings.STARTS_PER_HOUR = 1
    for _ in range(3):
        flood = Client().post("/begin/", consent)
    assert flood.status_code == 429
    for _ in range(2):
        assert tablet.post("/begin/", consent).status_code == 302
        tablet.post("/finish/")


def test_a_forged_cookie_makes_no_tablet(client: Client) -> None:
    client.cookies["tablet"] = "abc:1xVWtl:LCQXt-WbagBhXPdvAH0XettA"
    assert client.get("/finish/")["Location"] == "/"


def test_staff_take_a_device_back(tablet: Client) -> None:
    tablet.force_login(patients.person(Role.REVIEWER, "birch"))
    assert "ordinary device" in tablet.get("/staff/invitations/").content.decode()
    tablet.post("/staff/tablet/", {"action": "end"})
    assert tablet.get("/finish/")["Location"] == "/"
    assert AuditEvent.objects.filter(action="tablet.ended").exists()


def test_a_link_for_a_tablet_lends_one_to_a_single_patient(
    protocol: Protocol,
    consent: dict[str, Any],  # noqa: F811
) -> None:
    by = patients.person(Role.FRONT_DESK)
    client = follow(inviting.invite(by=by, for_tablet=True))
    cookie = client.cookies["tablet"]
    assert cookie["max-age"] == tablets.DAY and cookie["httponly"]
    client.post("/begin/", consent)
    client.get("/help-now/")
    client.post("/finish/")
    assert "give the tablet back" in client.get("/cleared/").content.decode()
    assert LINK not in client.get("/").content.decode()


def test_a_link_for_a_tablet_leaves_the_clinics_own_what_it_is(
    tablet: Client,
    protocol: Protocol,
    consent: dict[str, Any],  # noqa: F811
) -> None:
    by = patients.person(Role.FRONT_DESK, "elm")
    before = tablet.cookies["tablet"].value
    follow(inviting.invite(by=by, for_tablet=True), tablet)
    tablet.post("/begin/", consent)
    tablet.post("/finish/")
    assert "give the tablet back" not in tablet.get("/cleared/").content.decode()
    assert tablet.cookies["tablet"].value == before
    assert LINK in tablet.get("/").content.decode()


def test_a_link_for_a_patient_makes_no_tablet(protocol: Protocol) -> None:
    by = patients.person(Role.FRONT_DESK)
    assert "tablet" not in follow(inviting.invite(by=by)).cookies
