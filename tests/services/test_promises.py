"""Promises are kept in the clinic's own hours, holidays and time zone."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from screening.services import promises

CHICAGO = ZoneInfo("America/Chicago")


def at(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=CHICAGO)


@pytest.mark.parametrize(
    ("sent", "closing"),
    [
        (at(23, 10), at(25, 17)),  # Monday to Wednesday
        (at(24, 18), at(30, 17)),  # Tuesday evening, over Thanksgiving, to Monday
        (at(27, 12), at(1, 17, 12)),  # Friday noon to Tuesday
        (at(28, 12), at(2, 17, 12)),  # a Saturday is as if on Monday: to Wednesday
    ],
)
def test_two_working_days_pass_over_holidays_and_weekends(
    sent: datetime, closing: datetime
) -> None:
    assert promises.read_by(sent) == closing


def test_the_zone_is_the_clinics_whatever_the_servers() -> None:
    late_in_london = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)  # 18:30 on Monday
    assert not promises.is_open(late_in_london)
    assert promises.day_in_words(late_in_london) == "Monday, November 23"


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        (at(23, 10), at(23, 10)),
        (at(23, 7), at(23, 9)),
        (at(23, 18), at(24, 9)),
        (at(25, 18), at(27, 9)),
    ],
)
def test_the_next_opening_skips_what_is_closed(
    now: datetime, opening: datetime
) -> None:
    assert promises.next_opening(now) == opening


def test_a_change_of_the_clocks_moves_no_closing_time() -> None:
    friday_before = datetime(2026, 10, 30, 12, tzinfo=CHICAGO)
    assert promises.read_by(friday_before) == datetime(2026, 11, 3, 17, tzinfo=CHICAGO)


def test_hours_are_joined_where_days_follow_each_other() -> None:
    assert promises.hours_in_words() == (
        "Monday to Thursday, 9am to 5pm; Friday, 9am to 3pm"
    )


def test_minutes_are_said_only_where_there_are_any() -> None:
    assert promises.clock(time(12, 30)) == "12:30pm"
    assert promises.clock(time(0, 0)) == "12am"


def test_a_region_without_numbers_has_no_contacts(settings: Any) -> None:
    assert promises.crisis_contacts()
    settings.CLINIC = settings.CLINIC | {"region": "ZZ"}
    assert promises.crisis_contacts() is None


def test_what_patients_are_told_is_true_now() -> None:
    told = promises.context()
    assert told["promise_days"] == 2
    assert told["phone"] == "555-0142"
