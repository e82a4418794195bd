"""The states of a response, and which of them await a clinician."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import Q


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
REVIEWED = Q(reviewed_at__isnull=False)
QUEUE_ORDER = ("priority", "due_at", "saved_at", "id")
