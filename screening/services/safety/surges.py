"""Far more comes in than usual: staff are told, and nobody is shut out for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache

from screening.models import Response

HOUR = timedelta(hours=1)
LOOKED_BACK = timedelta(days=28)
# Fewer in an hour are no flood, however quiet the clinic is.
FEWEST = 20
TIMES = 10
MOST_WRONG_CODES = 100
USUAL, WRONG = "surge:usual", "surge:wrong-codes"


def told(at: datetime) -> list[str]:
    """Return what staff must know of floods; [] on an ordinary day."""
    return [*_starts(at), *_guesses()]


def note_wrong_code() -> None:
    """Count a wrong code, from wherever it came."""
    cache.add(WRONG, 0, HOUR.total_seconds())
    try:
        cache.incr(WRONG)
    except ValueError:
        # It ran out in between, or the cache is away.
        return


def _starts(at: datetime) -> list[str]:
    began = Response.objects.real().filter(started_at__gt=at - HOUR).count()
    if began < FEWEST or began < TIMES * _usual(at):
        return []
    return [
        f"{began} questionnaires began in the last hour, far more than usual. Many may "
        "be made up. None is hidden: red answers alert as always."
    ]


def _usual(at: datetime) -> float:
    """Return how many begin in an hour, on average; counted anew once an hour."""
    known: float | None = cache.get(USUAL)
    if known is None:
        since = at - LOOKED_BACK
        before = Response.objects.real().filter(started_at__gt=since)
        counted = before.filter(started_at__lte=at - HOUR).count()
        known = counted / (LOOKED_BACK / HOUR)
        cache.set(USUAL, known, HOUR.total_seconds())
    return known


def _guesses() -> list[str]:
    wrong = cache.get(WRONG, 0)
    if wrong < MOST_WRONG_CODES:
        return []
    return [
        f"{wrong} wrong codes were typed in the last hour: somebody may be guessing. "
        "Each address is shut after ten."
    ]
