"""A red answer becomes an alert in the transaction that saved it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from screening.engine.evaluation import TIERS
from screening.engine.protocol import Protocol as Rules
from screening.engine.urgency import Red
from screening.models import AlertEvent, Response, SafetyAlert, Staff
from screening.services import auditing, promises
from screening.services.safety import announcing

# Minutes within which staff act, while the clinic is open; tier a: the working day.
MINUTES = {"c": 15, "b": 60}


def raise_alerts(
    response: Response,
    reds: Iterable[Red],
    *,
    at: datetime,
    newer: Rules | None = None,
) -> list[SafetyAlert]:
    """Write an alert for each tier of these red answers, or add to the open one.

    `newer` are rules that came after the draft began, where they were applied too.

    To be called inside the transaction that saves the answers. At most one alert is
    open for a response and tier; what was raised is never taken back.
    """
    by_tier: dict[str, list[Red]] = {}
    for red in reds:
        by_tier.setdefault(red.tier, []).append(red)
    for tier in sorted(by_tier):
        _mark(response, tier, at)
    return [
        _raise(response, tier, _why(by_tier[tier], newer), at)
        for tier in sorted(by_tier)
    ]


def note_withdrawn(
    response: Response, withdrawn: dict[str, object], *, at: datetime
) -> None:
    """Mark open alerts whose answer was changed or closed; they stay open."""
    for alert in response.alerts.filter(closed_at__isnull=True):
        gone = {k: v for k, v in withdrawn.items() if k in answers_of(alert)}
        if gone:
            add_event(alert, "withdrawn", {"answers": gone}, at)


def answers_of(alert: SafetyAlert) -> dict[str, object]:
    """Return every red answer that raised the alert, the latest of each question."""
    answers: dict[str, object] = dict(alert.details["answers"])
    for event in alert.events.filter(kind="raised-again"):
        answers |= event.details["answers"]
    return answers


def deadline(tier: str, raised: datetime) -> datetime:
    """Return by when an alert must be opened, in the clinic's working time."""
    if tier in MINUTES:
        return promises.next_opening(raised) + timedelta(minutes=MINUTES[tier])
    return promises.closing_after(raised, 0)


def _mark(response: Response, tier: str, at: datetime) -> None:
    """Keep the highest tier ever raised; only a clinician lowers the priority."""
    response.highest_tier = max(response.highest_tier, tier)
    rank = TIERS[tier].rank
    if response.priority is None or rank < response.priority:
        response.priority = rank
    due = deadline(tier, at)
    response.due_at = min(response.due_at or due, due)
    response.reviewed_at = None


def _why(reds: list[Red], newer: Rules | None) -> dict[str, Any]:
    """Return what an alert keeps, in words where the draft's own rules have none."""
    codes = sorted({red.criterion for red in reds})
    details: dict[str, Any] = {
        "criteria": codes,
        "answers": {red.link_id: red.answer for red in reds},
    }
    if newer is not None:
        said = {c.code: c.statement for c in newer.safety if c.code in codes}
        details |= {"statements": said, "by_version": newer.version}
    return details


def _raise(
    response: Response, tier: str, details: dict[str, Any], at: datetime
) -> SafetyAlert:
    alert = response.alerts.filter(tier=tier, closed_at__isnull=True).first()
    if alert is not None:
        event = add_event(alert, "raised-again", details, at)
        announcing.announce_again(alert, event)
        return alert
    alert = SafetyAlert(response=response, tier=tier, raised_at=at)
    alert.details = details
    alert.save(force_insert=True)
    auditing.record("alert.raised", subject=alert, tier=tier)
    announcing.announce(alert)
    return alert


def add_event(
    alert: SafetyAlert,
    kind: str,
    details: dict[str, Any],
    at: datetime,
    by: Staff | None = None,
) -> AlertEvent:
    """Append what happened to an alert, in the transaction of whatever it was."""
    event = AlertEvent(alert=alert, kind=kind, at=at, by=by)
    event.details = details
    event.save(force_insert=True)
    auditing.record(f"alert.{kind}", actor=by, subject=alert, tier=alert.tier)
    return event
