"""Drafts that nobody comes back to are deleted; a record never is."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from screening import vault
from screening.models import Counted, Response
from screening.models.queue import ALERTED
from screening.services import auditing
from screening.services.figures import daily
from screening.services.journey import opening
from screening.services.upkeep import storing

# Counted from the last page that was saved.
KEPT = timedelta(days=30)
BATCH = 200


def delete_old_drafts(*, at: datetime | None = None) -> int:
    """Delete drafts untouched for 30 days; return how many there were.

    A draft that ever raised an alert is a record and stays. What waits in the outbox
    goes along with its draft.
    """
    at = at or timezone.now()
    deleted = 0
    while found := _delete_batch(at - KEPT):
        deleted += found
    if deleted:
        storing.checkpoint()
    return deleted


def forget_old_sessions() -> None:
    """A cookie that has expired opens nothing, and what it opened goes too."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    alive = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=alive).delete()


@transaction.atomic
def _delete_batch(before: datetime) -> int:
    calm = Response.objects.filter(submitted_at__isnull=True).exclude(ALERTED)
    old = calm.select_for_update(skip_locked=True).filter(saved_at__lt=before)
    drafts = list(old.order_by("saved_at").prefetch_related("protocol")[:BATCH])
    for draft in drafts:
        auditing.record("response.expired", actor_label="worker", subject=draft)
        daily.add(Counted.LEFT_AT, _left_at(draft), at=timezone.now())
        draft.delete()
    return len(drafts)


def _left_at(draft: Response) -> list[str]:
    """Return the page that waits to be answered: all that will be known of a draft."""
    try:
        return [opening.stands_at(draft)]
    except vault.Unreadable:
        return []
