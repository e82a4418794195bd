"""What is logged and put on record, and how: ASVS on logs and on errors."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from django.test import Client

from clinic.logs import ReticentFormatter
from screening.models import AuditEvent, Protocol, Response, Role
from screening.services import auditing
from screening.views.throttle import TRIES_TO_RESUME
from tests import patients
from tests.test_access import ROUTES, address, client_of, world
from tests.test_guessing import resume

__all__ = ["world"]
pytestmark = pytest.mark.django_db

CLOSED_TO_THE_FRONT_DESK = sorted(
    (route, method)
    for (route, method), whose in ROUTES.items()
    if route.startswith("staff/") and Role.FRONT_DESK not in whose
)


@pytest.mark.parametrize(("route", "method"), CLOSED_TO_THE_FRONT_DESK)
def test_a_door_that_is_tried_in_vain_is_on_record(
    world: dict[str, str], route: str, method: str
) -> None:
    client = client_of(Role.FRONT_DESK, world)
    assert getattr(client, method)(address(route, world)).status_code == 404
    event = AuditEvent.objects.get(action="staff.refused")
    assert str(event.actor) and re.fullmatch(r"[a-z_]+", event.meta["door"])
    assert auditing.verify() == []


def test_the_back_office_tried_in_vain_is_on_record(world: dict[str, str]) -> None:
    client_of(Role.REVIEWER, world).get("/staff/admin/", follow=True)
    event = AuditEvent.objects.filter(action="staff.refused").first()
    assert event and event.meta == {"door": "admin"}


def test_a_post_from_elsewhere_and_a_used_up_budget_are_logged(
    protocol: Protocol, caplog: Any
) -> None:
    Client(enforce_csrf_checks=True).post("/begin/", {"full-name": "canary"})
    for _ in range(TRIES_TO_RESUME + 1):
        resume("canary")
    assert "A post from elsewhere to begin was refused." in caplog.messages
    assert "A budget to resume is used up." in caplog.messages
    assert "canary" not in caplog.text


def test_an_entry_says_when_where_how_grave_and_what() -> None:
    record = logging.LogRecord("screening.x", logging.ERROR, "f.py", 1, "y", (), None)
    record.created = 1_800_000_000.5
    line = ReticentFormatter().format(record)
    assert line == "2027-01-15T08:00:00.500+00:00 ERROR screening.x y"


def test_an_event_of_the_record_says_who_when_and_what(protocol: Protocol) -> None:
    patients.draft(protocol)
    for event in AuditEvent.objects.all():
        assert event.at.utcoffset() is not None
        # A patient has no account: the response itself says who it was.
        assert event.action and (event.actor or event.actor_label or event.object_id)


@pytest.mark.parametrize(
    "forged",
    [
        {"status": "completed", "priority": "0", "assignee": "1", "version": "99"},
        {"reference": "AAAAAAAA", "id": "x", "pk": "x", "is_synthetic": "on"},
        {"submitted_at": "2020-01-01", "reviewed_at": "2020-01-01", "sealed": "x"},
        {"call-me": "yes", "withdrawn-urgent": "yes", "protocol": "1"},
    ],
)
def test_a_field_that_was_not_asked_is_not_taken(
    protocol: Protocol, forged: dict[str, str]
) -> None:
    draft = patients.draft(protocol)
    before = Response.objects.filter(pk=draft.pk)
    columns = ("status", "priority", "assignee", "reference", "is_synthetic")
    was, answers = before.values(*columns).get(), dict(draft.answers)
    client = client_of("patient", {"case": str(draft.pk)})
    client.post("/page/about-you/", {**forged, "full-name": "Ada Quill"})
    assert before.values(*columns).get() == was
    held = Response.objects.get(pk=draft.pk).answers
    assert set(held) <= set(answers) | {"full-name"}


def test_a_role_is_not_taken_from_a_form(world: dict[str, str]) -> None:
    client = client_of(Role.FRONT_DESK, world)
    new = "correct-horse-battery-4711"
    typed = {"oldpassword": "a-long-secret", "password1": new, "password2": new}
    client.post("/staff/account/password/change/", {**typed, "role": "lead"})
    assert client.get("/staff/find/").status_code == 404


def test_what_is_said_twice_counts_once(protocol: Protocol) -> None:
    """The last of two values counts, wherever a field takes one; an address, never."""
    draft = patients.draft(protocol)
    client = client_of("patient", {"case": str(draft.pk)})
    twice = {"phq9-1": ["not-at-all", "nearly-every-day"], "phq9-2": "not-at-all"}
    client.post("/page/phq9-a/?phq9-2=nearly-every-day", twice)
    answers = Response.objects.get(pk=draft.pk).answers
    assert answers["phq9-1"] == "nearly-every-day"
    assert answers["phq9-2"] == "not-at-all"
    keys = {"send_key": [str(draft.send_key), "x"]}
    assert client.post("/send/", keys)["Location"] != "/sent/"
