"""How the clinic is doing, counted over clear columns: no answer is opened for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, Q
from django.db.models.functions import TruncWeek

from screening.engine.evaluation import Priority
from screening.models import Decision, Response, Review, SafetyAlert
from screening.models.queue import LAST_URGENT, ResponseQuerySet
from screening.services import promises
from screening.services.safety import drilling

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
# The flag of a case by the clear column alone: the last rank that still carries it.
FLAGS = {"urgent": LAST_URGENT, "doctor-first": 3, "none": len(Priority)}
FLAGGED = ("response__priority", "response__highest_tier")
LATEST = 2000
# A decision that nothing came before, or only one that was undone.
FIRST = Q(corrects=None) | Q(
    corrects__decision=Decision.TAKEN_BACK.value, corrects__corrects__corrects=None
)


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
    """Count the decisions that stand, by their code; corrected or undone, none does."""
    stand = Review.objects.filter(signed_at__gte=at - SPAN, corrected_by=None)
    stand = stand.exclude(decision=Decision.TAKEN_BACK.value)
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


def pace(at: datetime) -> dict[str, list[timedelta]]:
    """Return how long the latest first decisions took, by how pressing the case was."""
    first = Review.objects.filter(FIRST, signed_at__gte=at - SPAN)
    first = first.exclude(corrected_by__decision=Decision.TAKEN_BACK.value)
    first = first.filter(response__submitted_at__isnull=False)
    first = first.exclude(response__recorded_by__username=drilling.KEEPER)
    rows = first.order_by("-signed_at").values_list(
        *FLAGGED, "response__submitted_at", "signed_at"
    )
    took: dict[str, list[timedelta]] = {flag: [] for flag in FLAGS}
    for priority, tier, sent, signed in rows[:LATEST]:
        took[_flag(priority, tier)].append(signed - sent)
    return took


def agreement(at: datetime) -> dict[str, dict[str, int]]:
    """Count by flag whether a decision was as pressing as it, calmer, or more so."""
    signed = Review.objects.filter(signed_at__gte=at - SPAN)
    signed = signed.exclude(decision=Decision.TAKEN_BACK.value)
    signed = signed.exclude(corrected_by__decision=Decision.TAKEN_BACK.value)
    calmer = Count("pk", filter=~Q(overrules=""))
    urgent = Count("pk", filter=Q(decision=Decision.URGENT_CONTACT.value))
    counted = signed.values(*FLAGGED).order_by(*FLAGGED)
    found = {flag: Counter({"calmer": 0, "urgent": 0, "all": 0}) for flag in FLAGS}
    for each in counted.annotate(all=Count("pk"), calmer=calmer, urgent=urgent):
        sums = {name: each[name] for name in ("all", "calmer", "urgent")}
        found[_flag(*(each[name] for name in FLAGGED))].update(sums)
    return {flag: dict(counts) for flag, counts in found.items()}


def _flag(priority: int | None, tier: str) -> str:
    """Whatever was decided on had a place in the queue; a lowered one was urgent."""
    if tier:
        return "urgent"
    return next(flag for flag, most in FLAGS.items() if (priority or 0) <= most)
