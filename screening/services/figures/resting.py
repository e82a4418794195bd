"""Where patients stop: unfinished drafts by the page they stand at, counted afresh."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from screening import vault
from screening.models import Counted, DailyCount, Heartbeat, Response
from screening.services.figures import daily
from screening.services.journey import opening
from screening.services.safety import drilling
from screening.services.upkeep import retaining

HEARTBEAT = "drafts-counted"
# Whoever saved a page within the day may still be at it.
RESTED = timedelta(days=1)
# Each is opened by the worker to learn its page; the latest are counted.
MOST = 2000


def count_resting(*, at: datetime | None = None) -> int:
    """Count the drafts that rest, by page and by nothing else; the last count goes.

    Which draft stands where is kept nowhere. Return how many were counted.
    """
    at = at or timezone.now()
    counts = _by_page(at)
    with transaction.atomic():
        daily.replace(Counted.RESTS_AT, counts, at=at)
        Heartbeat.objects.update_or_create(name=HEARTBEAT, defaults={"at": at})
    return sum(counts.values())


def counted() -> tuple[dict[str, int], datetime | None]:
    """Return how many rest at each page, most first, and when that was counted."""
    rows = DailyCount.objects.filter(what=Counted.RESTS_AT).order_by("-count", "code")
    beat = Heartbeat.objects.filter(name=HEARTBEAT).first()
    return dict(rows.values_list("code", "count")), beat.at if beat else None


def _by_page(at: datetime) -> dict[str, int]:
    begun = Response.objects.in_progress().filter(is_spam=False)
    begun = begun.exclude(recorded_by__username=drilling.KEEPER)
    begun = begun.exclude(wrapped_key=b"").prefetch_related("protocol")
    resting = begun.filter(saved_at__lt=at - RESTED, saved_at__gte=at - retaining.KEPT)
    counts: Counter[str] = Counter()
    for draft in resting.order_by("-saved_at")[:MOST].iterator(chunk_size=100):
        try:
            counts[opening.stands_at(draft)] += 1
        except vault.Unreadable:
            continue
    return dict(counts)
