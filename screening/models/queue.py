"""The states of a response, and which of them await a clinician in what order."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db.models import BooleanField, Func, Q, QuerySet, Value
from django.db.models.lookups import GreaterThan
from django.utils import timezone


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
CALM = Q(priority__gt=LAST_URGENT)
SPAM = Q(is_spam=True)
# What was caught waits apart, unless an answer in it was ever red.
APART = Q(is_spam=True, highest_tier="")
# What a clinician's queue holds; its index has the very same words.
QUEUED = AWAITING & ~APART
REVIEWED = Q(reviewed_at__isnull=False)
# Nobody's case: what was made up for a drill is put away by the drill itself.
DRILL = Q(is_synthetic=True, status=ResponseStatus.STOPPED.value)
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
        """Sent or alarming, and not settled; by priority, then by the promised time.

        Of those due at one time, whoever has waited longest.
        """
        return self.filter(QUEUED).order_by(*QUEUE_ORDER)

    def most_pressing(self, most: int, *, behind: Any = None) -> list[Any]:
        """Return so many of the queue: the urgent, the overdue, then the rest.

        A broken promise lifts a case above all that is not urgent, and never above
        what is. Each lane is in the queue's order, so that its index has it ready.
        """
        found: list[Any] = []
        for lane in self.lanes(behind):
            found += lane[: most - len(found)]
        return found

    def lanes(self, last: Any = None) -> list[ResponseQuerySet]:
        """Return them to be read one after another, from behind the last one read."""
        now = timezone.now()
        late, early = Q(due_at__lt=now), Q(due_at__gte=now)
        lanes = [self.filter(each) for each in (URGENT, CALM & late, CALM & early)]
        if last is None:
            return lanes
        place = 0 if last.is_urgent else 1 if last.due_at < now else 2
        return [lanes[place].behind(last), *lanes[place + 1 :]]

    def behind(self, last: Any) -> ResponseQuerySet:
        """Return what follows a response in the order of its lane.

        One comparison of whole rows, so that the index begins right there.
        """
        fields = [self.model._meta.get_field(name) for name in QUEUE_ORDER]
        held = (Value(getattr(last, f.name), output_field=f) for f in fields)
        return self.filter(GreaterThan(Row(*QUEUE_ORDER), Row(*held)))

    def spam(self) -> ResponseQuerySet:
        """Caught by the trap for machines, or signed as a duplicate or spam."""
        return self.filter(SPAM, SENT | ALERTED).order_by(*QUEUE_ORDER)

    def reviewed(self) -> ResponseQuerySet:
        """Settled by somebody, the latest first; a drill was never anybody's."""
        return self.filter(REVIEWED).exclude(DRILL).order_by("-reviewed_at", "id")

    def decided_before(self, last: Any) -> ResponseQuerySet:
        """Return what follows a response in the history."""
        at = last.reviewed_at or timezone.now()
        same = Q(reviewed_at=at, pk__gt=last.pk)
        return self.filter(Q(reviewed_at__lt=at) | same, reviewed_at__lte=at)

    def by_reference(self, reference: str) -> ResponseQuerySet:
        return self.filter(reference=reference.strip().upper())

    def real(self) -> ResponseQuerySet:
        return self.filter(is_synthetic=False)
