"""Messages for tests: some that wait, and what became of them."""

from __future__ import annotations

from datetime import UTC, datetime

from screening.models import Outbox, Response, SafetyAlert
from screening.services.safety import announcing

NOON = datetime(2026, 11, 23, 18, tzinfo=UTC)  # a Monday, noon in Chicago
NIGHT = datetime(2026, 11, 24, 6, tzinfo=UTC)
ROTA, ON_CALL = "ash@demo.invalid", "on-call@demo.invalid"


def waiting(response: Response, key: str = "one", at: datetime = NOON) -> Outbox:
    return Outbox.objects.create(
        kind="response.submitted", key=key, response=response, due_at=at
    )


def alarm(response: Response, tier: str, at: datetime = NOON) -> Outbox:
    alert = SafetyAlert(response=response, tier=tier, raised_at=at)
    alert.details = {"criteria": [], "answers": {}}
    alert.save(force_insert=True)
    return announcing.announce(alert)


def again(message: Outbox) -> Outbox:
    return Outbox.objects.get(pk=message.pk)
