"""Times as the desk reads them, in the clinic's own time zone."""

from __future__ import annotations

from datetime import datetime, timedelta

from screening.services import promises


def age(now: datetime, then: datetime) -> str:
    """Return how long ago something was: `12 min`, `3 h 5 min`, `2 d 4 h`."""
    return lasted(now - then)


def lasted(span: timedelta) -> str:
    minutes = max(0, int(span.total_seconds() // 60))
    hours, days = minutes // 60, minutes // 1440
    if days:
        return f"{days} d {hours % 24} h"
    return f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"


def moment(at: datetime) -> str:
    """Return `Mon Nov 23, 9:15am`."""
    here = promises.local(at)
    return f"{here:%a %b} {here.day}, {promises.clock(here.time())}"


def day(at: datetime) -> str:
    """Return `December 7, 2026`, for paper."""
    here = promises.local(at)
    return f"{here:%B} {here.day}, {here.year}"


def in_full(at: datetime) -> str:
    """Return `November 23, 2026, 9:15am`, for paper."""
    here = promises.local(at)
    return f"{here:%B} {here.day}, {here.year}, {promises.clock(here.time())}"


def due(now: datetime, at: datetime | None) -> str:
    """Return when something is due, as people say it."""
    if at is None:
        return ""
    if at < now:
        return f"{age(now, at)} overdue"
    here = promises.local(at)
    if here.date() == promises.local(now).date():
        return f"due today, {promises.clock(here.time())}"
    return f"due {moment(at)}"
