"""Numbers of a day, counted as things happen, so that no answer is opened for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import F, Sum

from screening.models import Counted, DailyCount
from screening.services import promises


def add(what: Counted, codes: Iterable[str], *, at: datetime) -> None:
    """Count one more of each. Call it after the audit event of the same transaction:

    whoever holds the chain is alone, so that no two wait for each other's numbers.
    """
    wanted = sorted(set(codes))
    if not wanted:
        return
    day = _day(at)
    rows = [DailyCount(day=day, what=what, code=code) for code in wanted]
    DailyCount.objects.bulk_create(rows, ignore_conflicts=True)
    counted = DailyCount.objects.filter(day=day, what=what, code__in=wanted)
    counted.update(count=F("count") + 1)


def take_away(what: Counted, codes: Iterable[str], *, at: datetime) -> None:
    """Count one less of each on the day when it was counted: it was undone."""
    counted = DailyCount.objects.filter(day=_day(at), what=what, code__in=set(codes))
    counted.filter(count__gt=0).update(count=F("count") - 1)


def replace(what: Counted, counts: Mapping[str, int], *, at: datetime) -> None:
    """Put a count of how things stand now in the place of the one before."""
    DailyCount.objects.filter(what=what).delete()
    rows = [
        DailyCount(day=_day(at), what=what, code=k, count=n) for k, n in counts.items()
    ]
    DailyCount.objects.bulk_create(rows)


def totals(what: Counted, *, since: datetime) -> dict[str, int]:
    """Return how often each code was counted, the most frequent first."""
    rows = DailyCount.objects.filter(what=what, day__gte=_day(since), count__gt=0)
    summed = rows.values("code").annotate(times=Sum("count"))
    return {each["code"]: each["times"] for each in summed.order_by("-times", "code")}


def _day(at: datetime) -> date:
    return promises.local(at).date()
