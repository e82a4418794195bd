"""A clinician keeps a filter of the queue under a name, and lets go of it again."""

from __future__ import annotations

from django.db import transaction

from screening.models import QueueView, Staff
from screening.services import auditing

# More than this is a list to search, not to press.
MOST = 12


class TooMany(Exception):
    """One has to go before another is kept."""


@transaction.atomic
def keep(*, name: str, filters: str, by: Staff) -> QueueView:
    """Keep a filter; one that is kept already gets the new name. Raises TooMany."""
    mine = QueueView.objects.of(Staff.objects.select_for_update().get(pk=by.pk))
    if mine.exclude(filters=filters).count() >= MOST:
        raise TooMany
    kept, _ = mine.update_or_create(owner=by, filters=filters, defaults={"name": name})
    auditing.record("view.kept", actor=by, subject=kept, filters=filters)
    return kept


@transaction.atomic
def forget(pk: int, *, by: Staff) -> None:
    """Let go of a view of one's own. Raises QueueView.DoesNotExist."""
    kept = QueueView.objects.of(by).get(pk=pk)
    auditing.record("view.forgotten", actor=by, subject=kept)
    kept.delete()
