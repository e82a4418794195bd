"""The states of a response, and which of them await a clinician in what order."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db.models import BooleanField, Func, Q, QuerySet, Value
from django.db.models.lookups import GreaterThan


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
AWAITING = Q(reviewed_at__isnull=True) & (SENT | ALERTED)
# The ranks that an urgent finding gives: from an emergency to contact today.
LAST_URGENT = 2
URGENT = Q(priority__lte=LAST_URGENT)
SPAM = Q(is_spam=True)
# What was caught waits apart, unless an answer in it was ever red.
APART = Q(is_spam=True, highest_tier="")
# What a clinician's queue holds; its index has the very same words.
QUEUED = AWAITING & ~APART
REVIEWED = Q(reviewed_at__isnull=False)
QUEUE_ORDER = ("priority", "due_at", "saved_at", "id")


class Row(Func):
    """Several columns compared as one."""

    template = "(%(expressions)s)"
    output_field = BooleanField()


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
        return self.filter(QUEUED).order_by(*QUEUE_ORDER)

    def behind(self, last: Any) -> ResponseQuerySet:
        """Return what follows a response in the queue's order.

        One comparison of whole rows, so that the index begins right there.
        """
        fields = [self.model._meta.get_field(name) for name in QUEUE_ORDER]
        held = (Value(getattr(last, f.name), output_field=f) for f in fields)
        return self.filter(GreaterThan(Row(*QUEUE_ORDER), Row(*held)))

    def spam(self) -> ResponseQuerySet:
        """Caught by the trap for machines, or signed as a duplicate or spam."""
        return self.filter(SPAM, SENT | ALERTED).order_by(*QUEUE_ORDER)

    def reviewed(self) -> ResponseQuerySet:
        return self.filter(REVIEWED).order_by("-reviewed_at", "id")

    def by_reference(self, reference: str) -> ResponseQuerySet:
        return self.filter(reference=reference.strip().upper())

    def real(self) -> ResponseQuerySet:
        return self.filter(is_synthetic=False)
