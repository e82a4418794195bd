"""What patients are told of time is true at every hour, on every day of the year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from screening.models import Protocol, SafetyAlert
from screening.services import alerting, promises
from tests import patients

CHICAGO = ZoneInfo("America/Chicago")
NOBODY = "No one looks at your answers before"


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=CHICAGO)  # type: ignore[arg-type,misc]


CLOSED = {
    "friday evening": (at(2026, 12, 4, 15), "Monday, December 7 at 9am"),
    "midnight": (at(2026, 12, 8, 0), "Tuesday, December 8 at 9am"),
    "before it opens": (at(2026, 12, 8, 8, 59), "Tuesday, December 8 at 9am"),
    "the last moment": (at(2026, 12, 8, 17), "Wednesday, December 9 at 9am"),
    "a holiday": (at(2026, 11, 26, 11), "Friday, November 27 at 9am"),
    "new year's eve": (at(2026, 12, 31, 23, 59), "Monday, January 4 at 9am"),
    "clocks go forward": (at(2027, 3, 14, 1, 59), "Monday, March 15 at 9am"),
    "clocks go back": (at(2026, 11, 1, 1, 30), "Monday, November 2 at 9am"),
}
# Working time until an alert must be taken, counted in hours that truly pass.
DEADLINES = [
    ("c", at(2027, 3, 13, 20), at(2027, 3, 15, 9, 15)),
    ("b", at(2026, 10, 31, 20), at(2026, 11, 2, 10)),
    ("a", at(2026, 12, 4, 14), at(2026, 12, 4, 15)),
    ("a", at(2026, 12, 4, 15), at(2026, 12, 7, 17)),
    ("c", at(2026, 11, 25, 23, 59), at(2026, 11, 27, 9, 15)),
    ("b", at(2026, 12, 8, 16, 50), at(2026, 12, 8, 17, 50)),
]


@pytest.fixture
def nobody_on_call(settings: Any) -> None:
    settings.CLINIC = settings.CLINIC | {"on_call": ""}


@pytest.mark.parametrize("when", sorted(CLOSED))
def test_with_nobody_on_call_the_first_line_says_when_somebody_looks(
    protocol: Protocol, nobody_on_call: None, when: str
) -> None:
    moment, opens = CLOSED[when]
    with time_machine.travel(moment, tick=False):
        shown = Client().get("/").text
    before_heading = shown.partition('<main id="main"')[2].partition("<h1>")[0]
    assert f"{NOBODY} {opens}." in before_heading


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Chicago"])
def test_the_servers_own_zone_changes_nothing(
    protocol: Protocol, nobody_on_call: None, zone: str
) -> None:
    moment = at(2026, 12, 8, 20).astimezone(ZoneInfo(zone))
    with time_machine.travel(moment, tick=False):
        assert "Wednesday, December 9 at 9am" in Client().get("/").text


def test_a_clinic_elsewhere_has_its_own_hours(
    protocol: Protocol, nobody_on_call: None, settings: Any
) -> None:
    settings.CLINIC = settings.CLINIC | {"timezone": "Europe/London"}
    with time_machine.travel(at(2026, 12, 8, 12), tick=False):
        assert "Wednesday, December 9 at 9am" in Client().get("/").text


@pytest.mark.parametrize("moment", [at(2026, 12, 8, 9), at(2026, 12, 8, 16, 59, 59)])
def test_the_line_is_gone_while_the_clinic_is_open(
    protocol: Protocol, nobody_on_call: None, moment: datetime
) -> None:
    with time_machine.travel(moment, tick=False):
        assert NOBODY not in Client().get("/").text


def test_with_somebody_on_call_the_line_is_not_there(protocol: Protocol) -> None:
    with time_machine.travel(at(2026, 12, 8, 23), tick=False):
        assert NOBODY not in Client().get("/").text


@pytest.mark.parametrize(("tier", "raised", "due"), DEADLINES)
def test_a_deadline_follows_the_clinics_clock(
    tier: str, raised: datetime, due: datetime
) -> None:
    assert alerting.deadline(tier, raised.astimezone(UTC)) == due


@pytest.mark.parametrize(
    "start, end, hours",
    [
        (at(2027, 3, 12, 14), at(2027, 3, 15, 10), 2),  # over the lost hour
        (at(2026, 10, 30, 14), at(2026, 11, 2, 10), 2),  # over the hour lived twice
        (at(2026, 11, 25, 16), at(2026, 11, 27, 10), 2),  # over a holiday
        (at(2026, 12, 8, 20), at(2026, 12, 9, 8), 0),
        (at(2026, 12, 8, 12), at(2026, 12, 8, 11), 0),
    ],
)
def test_only_open_hours_count(start: datetime, end: datetime, hours: int) -> None:
    assert promises.open_between(start, end) == timedelta(hours=hours)


def test_the_help_page_tells_when_the_clinic_opens(protocol: Protocol) -> None:
    with time_machine.travel(at(2026, 12, 4, 20), tick=False):
        response = patients.draft(protocol, safe_now="no")
        client = Client()
        session = client.session
        session["draft"] = str(response.pk)
        session.save()
        shown = client.get("/help-now/").text
    assert "We are closed now. We open again on Monday, December 7 at 9am." in shown
    due = alerting.deadline("c", SafetyAlert.objects.get().raised_at)
    assert due == at(2026, 12, 7, 9, 15)
