"""Staff who rest or stay too long are signed out; those who leave, at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from screening.models import AuditEvent, Protocol, Role, Staff
from screening.views.access import DRAFT
from tests import patients

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2027, 3, 1, 15, tzinfo=dt.UTC)
LOGIN = "/staff/account/login/?next="


def minutes(number: float) -> dt.timedelta:
    return dt.timedelta(minutes=number)


@pytest.fixture
def ash() -> Staff:
    return patients.person(Role.LEAD)


@pytest.fixture
def desk(client: Client, ash: Staff, protocol: Protocol) -> Client:
    with time_machine.travel(NOW, tick=False):
        client.force_login(ash)
        assert client.get("/staff/").status_code == 200
    return client


def visit(desk: Client, after: dt.timedelta, path: str = "/staff/") -> Any:
    with time_machine.travel(NOW + after, tick=False):
        return desk.get(path)


def test_after_29_minutes_the_desk_is_still_open(desk: Client) -> None:
    assert visit(desk, minutes(29)).status_code == 200


def test_after_30_idle_minutes_the_login_comes_first(desk: Client) -> None:
    answer = visit(desk, minutes(30), "/staff/protocol/")
    assert answer["Location"] == LOGIN + "/staff/protocol/"
    assert visit(desk, minutes(30)).status_code == 302
    assert AuditEvent.objects.filter(action="staff.timed-out").count() == 1


def test_a_header_leads_around_neither_the_minutes_nor_the_second_factor(
    desk: Client, settings: Any
) -> None:
    claimed = {"SCRIPT_NAME": "/x"}
    with time_machine.travel(NOW, tick=False):
        settings.SECOND_FACTOR_REQUIRED = True
        answer = desk.get("/staff/", **claimed)
        assert answer["Location"] == "/staff/account/2fa/totp/activate/"
        settings.SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW + minutes(30), tick=False):
        assert desk.get("/staff/", **claimed)["Location"] == LOGIN + "/staff/"


def test_the_back_office_rests_no_longer(desk: Client) -> None:
    assert visit(desk, minutes(30), "/staff/admin/")["Location"].startswith(LOGIN)


def test_each_page_starts_the_minutes_anew(desk: Client) -> None:
    for number in range(1, 5):
        assert visit(desk, minutes(number * 29)).status_code == 200


def test_twelve_hours_are_the_end_of_any_day(desk: Client) -> None:
    for number in range(1, 36):
        assert visit(desk, minutes(number * 20)).status_code == 200
    assert visit(desk, minutes(12 * 60)).status_code == 302


def test_a_clock_that_was_put_back_signs_nobody_out(desk: Client) -> None:
    assert visit(desk, -dt.timedelta(days=1)).status_code == 200


def test_a_button_pressed_too_late_leads_back_to_its_page(desk: Client) -> None:
    with time_machine.travel(NOW + minutes(31)):
        page = {"referer": "http://testserver/staff/protocol/"}
        answer = desk.post("/staff/admin/", headers=page)
        assert answer["Location"] == LOGIN + "/staff/protocol/"


def test_a_referer_from_elsewhere_leads_to_the_queue(desk: Client) -> None:
    with time_machine.travel(NOW + minutes(31)):
        page = {"referer": "https://evil.example/page/"}
        answer = desk.post("/staff/admin/", headers=page)
        assert answer["Location"] == LOGIN + "/staff/"


def test_the_login_itself_is_shown_to_who_rested(desk: Client) -> None:
    assert visit(desk, minutes(31), "/staff/account/login/").status_code == 200


def test_who_has_left_is_cut_off_at_once(desk: Client, ash: Staff) -> None:
    Staff.objects.filter(pk=ash.pk).update(is_active=False)
    assert visit(desk, minutes(1))["Location"].startswith(LOGIN)


def test_a_patient_may_rest_for_a_day(client: Client, protocol: Protocol) -> None:
    with time_machine.travel(NOW, tick=False):
        session = client.session
        session[DRAFT] = str(patients.draft(protocol).pk)
        session.save()
        client.get("/check/")
    assert visit(client, dt.timedelta(hours=22), "/check/").status_code == 200
    assert visit(client, dt.timedelta(hours=44), "/check/").status_code == 200
    assert visit(client, dt.timedelta(hours=69), "/check/")["Location"] == "/resume/"


@pytest.mark.parametrize("path", ["/staff/", "/staff/protocol/", "/staff/admin/"])
def test_production_asks_for_a_second_factor_first(
    desk: Client, ash: Staff, settings: Any, path: str
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    answer = visit(desk, minutes(1), path)
    assert answer["Location"] == "/staff/account/2fa/totp/activate/"
    assert visit(desk, minutes(1), "/staff/account/2fa/").status_code == 200
    Authenticator.objects.create(user=ash, type="recovery_codes", data={})
    assert visit(desk, minutes(1), path).status_code == 302
    Authenticator.objects.create(user=ash, type="totp", data={})
    assert visit(desk, minutes(1), path).status_code == 200
