"""When the clinic reads, in its own hours, holidays and time zone."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def zone() -> ZoneInfo:
    return ZoneInfo(settings.CLINIC["timezone"])


def local(at: datetime) -> datetime:
    return at.astimezone(zone())


def hours_on(day: datetime) -> dict[str, time] | None:
    """Return when the clinic opens and closes on a day; None when it does not."""
    if day.date() in settings.CLINIC["holidays"]:
        return None
    found: dict[str, time] | None = settings.CLINIC["hours"].get(DAYS[day.weekday()])
    return found


def is_open(at: datetime) -> bool:
    here = local(at)
    hours = hours_on(here)
    return bool(hours and hours["opens"] <= here.time() < hours["closes"])


def read_by(sent: datetime) -> datetime:
    """Return the end of the last working day on which the promise can be kept."""
    return closing_after(sent, settings.CLINIC["promise"]["read_within_working_days"])


def closing_after(at: datetime, working_days: int) -> datetime:
    """Return the closing time of the n-th working day after this moment.

    What comes in after closing counts from the next working day.
    """
    day = local(at)
    hours = hours_on(day)
    left = working_days + (0 if hours and day.time() < hours["closes"] else 1)
    while left or not hours_on(day):
        day += timedelta(days=1)
        left -= 1 if hours_on(day) else 0
    return _at(day, hours_on(day) or {}, "closes")


def next_opening(at: datetime) -> datetime:
    """Return the moment itself when the clinic is open, else when it opens next."""
    if is_open(at):
        return at
    day = local(at)
    hours = hours_on(day)
    if hours and day.time() < hours["opens"]:
        return _at(day, hours, "opens")
    day += timedelta(days=1)
    while not (hours := hours_on(day)):
        day += timedelta(days=1)
    return _at(day, hours, "opens")


def open_between(start: datetime, end: datetime) -> timedelta:
    """Return how much of this span the clinic was open."""
    day, total = local(start), timedelta(0)
    while day.date() <= local(end).date():
        if hours := hours_on(day):
            opens, closes = _at(day, hours, "opens"), _at(day, hours, "closes")
            total += max(timedelta(0), min(end, closes) - max(start, opens))
        day += timedelta(days=1)
    return total


def hours_in_words() -> str:
    """Return the weekly hours as a sentence's end: `Monday to Thursday, 9am to 5pm`."""
    spans: list[tuple[str, str, str]] = []
    for day in DAYS:
        if hours := settings.CLINIC["hours"].get(day):
            span = f"{clock(hours['opens'])} to {clock(hours['closes'])}"
            if spans and spans[-1][2] == span and _follows(spans[-1][1], day):
                spans[-1] = (spans[-1][0], day, span)
            else:
                spans.append((day, day, span))
    return "; ".join(_span(*span) for span in spans)


def clock(at: time) -> str:
    """Return `9am`, `12:30pm`."""
    hour = at.hour % 12 or 12
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{hour}{minutes}{'am' if at.hour < 12 else 'pm'}"


def day_in_words(at: datetime) -> str:
    """Return `Thursday, November 26`, in the clinic's own time zone."""
    here = local(at)
    return f"{here:%A, %B} {here.day}"


def context() -> dict[str, Any]:
    """Return what patients are told about the clinic, true at this moment."""
    now = timezone.now()
    return {
        "name": settings.CLINIC["name"],
        "phone": settings.CLINIC["phone"],
        "email": settings.CLINIC["email"],
        "address": settings.CLINIC["address"],
        "hours_text": hours_in_words(),
        "is_open": is_open(now),
        "nobody_looks": not is_open(now) and not settings.CLINIC["on_call"],
        "opens_text": f"{day_in_words(next_opening(now))} at "
        f"{clock(local(next_opening(now)).time())}",
        "promise_days": settings.CLINIC["promise"]["read_within_working_days"],
        "read_by": day_in_words(read_by(now)),
    }


def crisis_contacts() -> dict[str, str] | None:
    """Return the crisis numbers of the clinic's region, or None when it has none."""
    found: dict[str, str] | None = settings.CLINIC["crisis"]["regions"].get(
        settings.CLINIC["region"]
    )
    return found


def _at(day: datetime, hours: dict[str, time], end: str) -> datetime:
    return datetime.combine(day.date(), hours[end], tzinfo=zone())


def _follows(last: str, day: str) -> bool:
    return DAYS.index(last) + 1 == DAYS.index(day)


def _span(first: str, last: str, span: str) -> str:
    if first == last:
        return f"{first.title()}, {span}"
    return f"{first.title()} to {last.title()}, {span}"
