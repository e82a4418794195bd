"""How the clinic is doing, counted over clear columns: no answer is opened for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, Q
from django.db.models.functions import TruncWeek

from screening.models import Response, Review, SafetyAlert
from screening.models.queue import ResponseQuerySet
from screening.services import drilling, promises

SPAN = timedelta(weeks=8)
# Fewer than this could be told apart.
FEWEST = 5
WITHIN = (
    (timedelta(minutes=15), "Within 15 minutes"),
    (timedelta(hours=1), "Within the hour"),
    (timedelta(days=1), "Within a day"),
    (timedelta.max, "Later"),
)
NOBODY = "By nobody yet"


def shown(count: int) -> str:
    """Return a number as it may be shown: small ones hide whom they count."""
    return str(count) if count == 0 or count >= FEWEST else f"<{FEWEST}"


def volume(at: datetime) -> dict[str, int]:
    """Count what was sent by week, the oldest first; a week is named by its Monday."""
    first = promises.local(at - SPAN).date()
    monday = first - timedelta(days=first.weekday())
    weeks = [monday + timedelta(weeks=place) for place in range(9)]
    by_week = TruncWeek("submitted_at", tzinfo=promises.zone())
    sent = _real().filter(submitted_at__gte=at - SPAN).annotate(week=by_week)
    counted = sent.values("week").annotate(count=Count("pk")).order_by("week")
    found = {each["week"].date(): each["count"] for each in counted}
    return {f"{week:%b} {week.day}": found.get(week, 0) for week in weeks}


def promise(at: datetime) -> dict[str, int]:
    """Count whether what was sent was decided by the promised time."""
    late = Q(reviewed_at__gt=F("due_at"))
    waits = Q(reviewed_at=None)
    counts = (
        _real()
        .filter(submitted_at__gte=at - SPAN)
        .aggregate(
            on_time=Count("pk", filter=~waits & ~late),
            late=Count("pk", filter=~waits & late),
            waiting=Count("pk", filter=waits & Q(due_at__gte=at)),
            overdue=Count("pk", filter=waits & Q(due_at__lt=at)),
        )
    )
    return {
        "Decided in time": counts["on_time"],
        "Decided late": counts["late"],
        "Waiting, not due yet": counts["waiting"],
        "Waiting, overdue": counts["overdue"],
    }


def decisions(at: datetime) -> dict[str, int]:
    """Count the decisions that stand, by their code; a corrected one does not."""
    stand = Review.objects.filter(signed_at__gte=at - SPAN, corrected_by=None)
    counted = stand.values("decision").annotate(count=Count("pk")).order_by("decision")
    return {each["decision"]: each["count"] for each in counted}


def acknowledged(at: datetime) -> dict[str, int]:
    """Count how soon alerts were taken by somebody."""
    alerts = SafetyAlert.objects.filter(raised_at__gte=at - SPAN)
    alerts = alerts.exclude(response__recorded_by__username=drilling.KEEPER)
    somebody = Q(events__kind__in=("acknowledged", "contacted"))
    taken = alerts.annotate(taken=Min("events__at", filter=somebody))
    return _by_speed(taken.values_list("raised_at", "taken").iterator())


def _by_speed(pairs: Iterable[tuple[datetime, datetime | None]]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for raised, taken in pairs:
        counts[_speed(taken - raised) if taken else NOBODY] += 1
    return {words: counts[words] for words in (*(w for _, w in WITHIN), NOBODY)}


def _speed(took: timedelta) -> str:
    return next(words for limit, words in WITHIN if took <= limit)


def _real() -> ResponseQuerySet:
    return Response.objects.exclude(recorded_by__username=drilling.KEEPER)
