"""How often each urgent rule sounds: a rule that always does is soon not heard."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch

from screening.models import AlertEvent, Response, SafetyAlert, Staff
from screening.services import auditing
from screening.services.safety import drilling

SPAN = timedelta(days=30)
# Each is opened to learn its rules: no more than a page can wait for.
MOST = 500


@dataclass(frozen=True)
class Tally:
    """What was counted, and over how many responses since when."""

    since: datetime
    responses: int
    per_hundred: dict[str, float]


@transaction.atomic
def tally(*, by: Staff, at: datetime) -> Tally:
    """Count by rule the responses that it sounded for, of each hundred begun."""
    auditing.record("alerts.tallied", actor=by)
    alerts = _recent(at)
    since = alerts[-1].raised_at if len(alerts) == MOST else at - SPAN
    begun = Response.objects.filter(started_at__gte=since)
    responses = begun.exclude(recorded_by__username=drilling.KEEPER).count()
    met = Counter(code for rules in _by_response(alerts).values() for code in rules)
    hundred = max(responses, 1) / 100
    rates = {code: round(n / hundred, 1) for code, n in met.most_common()}
    return Tally(since, responses, rates)


def _recent(at: datetime) -> list[SafetyAlert]:
    again = AlertEvent.objects.filter(kind="raised-again")
    alerts = SafetyAlert.objects.filter(
        raised_at__gte=at - SPAN, response__started_at__gte=at - SPAN
    )
    alerts = alerts.exclude(response__wrapped_key=b"")
    alerts = alerts.exclude(response__recorded_by__username=drilling.KEEPER)
    alerts = alerts.select_related("response").order_by("-raised_at")
    return list(
        alerts.prefetch_related(Prefetch("events", again, to_attr="again"))[:MOST]
    )


def _by_response(alerts: list[SafetyAlert]) -> dict[object, set[str]]:
    found: dict[object, set[str]] = {}
    for alert in alerts:
        rules = found.setdefault(alert.response_id, set())
        rules.update(alert.details["criteria"])
        for event in alert.again:  # type: ignore[attr-defined]
            event.alert = alert
            rules.update(event.details["criteria"])
    return found
