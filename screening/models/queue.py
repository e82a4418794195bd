"""The states of a response, and which of them await a clinician in what order."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet


class ResponseStatus(StrEnum):
    """FHIR's words for the life of a QuestionnaireResponse."""

    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    AMENDED = "amended"
    STOPPED = "stopped"
    ENTERED_IN_ERROR = "entered-in-error"


class Tier(StrEnum):
    """How soon somebody must act on an urgent finding; c is an emergency."""

    A = "a"
    B = "b"
    C = "c"


SENT = Q(submitted_at__isnull=False)
ALERTED = ~Q(highest_tier="")
# The queue's index has the same words, so that the database may use it.
AWAITING = Q(reviewed_at__isnull=True) & (SENT | ALERTED)
SPAM = Q(is_spam=True)
# What was caught waits apart, unless an answer in it was ever red.
APART = Q(is_spam=True, highest_tier="")
REVIEWED = Q(reviewed_at__isnull=False)
QUEUE_ORDER = ("priority", "due_at", "saved_at", "id")


class ResponseQuerySet(QuerySet[Any]):
    def in_progress(self) -> ResponseQuerySet:
        return self.filter(status=ResponseStatus.IN_PROGRESS)

    def sent(self) -> ResponseQuerySet:
        return self.filter(SENT)

    def to_review(self) -> ResponseQuerySet:
        """Return what a clinician may open: sent, or a draft that raised an alert."""
        return self.filter(SENT | ALERTED)

    def awaiting_review(self) -> ResponseQuerySet:
        """Sent or alarming, and not settled; the most pressing first.

        Of those due at one time, whoever has waited longest.
        """
        return self.filter(AWAITING).exclude(APART).order_by(*QUEUE_ORDER)

    def spam(self) -> ResponseQuerySet:
        """Caught by the trap for machines, or signed as a duplicate or spam."""
        return self.filter(SPAM, SENT | ALERTED).order_by(*QUEUE_ORDER)

    def reviewed(self) -> ResponseQuerySet:
        return self.filter(REVIEWED).order_by("-reviewed_at", "id")

    def by_reference(self, reference: str) -> ResponseQuerySet:
        return self.filter(reference=reference.strip().upper())

    def real(self) -> ResponseQuerySet:
        return self.filter(is_synthetic=False)
