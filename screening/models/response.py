"""What one patient said: one row, its answers one sealed document."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from screening import vault
from screening.models.columns import moment, staff
from screening.models.constraints import choices, implies, one_of
from screening.models.protocol import Protocol
from screening.models.queue import (
    ALERTED,
    LAST_URGENT,
    QUEUE_ORDER,
    QUEUED,
    REVIEWED,
    SENT,
    SPAM,
    ResponseQuerySet,
    ResponseStatus,
    Tier,
)


class Response(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    protocol = models.ForeignKey(
        Protocol,
        on_delete=models.PROTECT,
        related_name="responses",
        help_text="The version it began under, and stays with.",
    )
    status = models.CharField(
        max_length=20,
        choices=choices(ResponseStatus),
        default=ResponseStatus.IN_PROGRESS.value,
    )
    priority = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="0 is an emergency, 6 is routine."
    )
    highest_tier = models.CharField(
        max_length=1,
        blank=True,
        choices=choices(Tier),
        help_text="Of all alerts that were ever raised on it.",
    )
    due_at = moment("By when somebody of the clinic must have looked.")
    started_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    submitted_at = moment()
    stopped_at = moment()
    reviewed_at = moment("When a review settled it.")
    version = models.PositiveIntegerField(
        default=0, help_text="Rises with each write, so that no write is lost."
    )
    assignee = staff("assigned_responses")
    reference = models.CharField(
        max_length=8, unique=True, help_text="What patient and clinic call it by."
    )
    resume_index = models.CharField(
        max_length=64,
        unique=True,
        null=True,
        blank=True,
        help_text="The blind index of the code that opens it again.",
    )
    identity_index = models.CharField(
        max_length=64, blank=True, help_text="The blind index of name and birth date."
    )
    send_key = models.UUIDField(
        unique=True, default=uuid.uuid4, help_text="Makes a second tap send nothing."
    )
    key_id = models.CharField(max_length=80)
    wrapped_key = models.BinaryField(
        blank=True, help_text="Empty once its contents were erased for good."
    )
    sealed_answers = models.BinaryField()
    sealed_summary = models.BinaryField(null=True, blank=True)
    amends = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="amendments",
    )
    recorded_by = staff(
        "recorded_responses", "Who wrote the answers down, if not the patient."
    )
    is_synthetic = models.BooleanField(
        default=False, help_text="Made up, for a demo or a drill."
    )
    is_spam = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Caught by the trap for machines, or signed as a duplicate or spam.",
    )

    objects = ResponseQuerySet.as_manager()

    class Meta:
        constraints = (
            one_of("status", ResponseStatus, name="response_status_is_known"),
            models.CheckConstraint(
                condition=~ALERTED | Q(highest_tier__in=[tier.value for tier in Tier]),
                name="response_tier_is_known",
            ),
            models.CheckConstraint(
                condition=Q(priority__isnull=True) | Q(priority__lte=6),
                name="response_priority_is_at_most_6",
            ),
            implies(
                Q(
                    status__in=[
                        ResponseStatus.COMPLETED.value,
                        ResponseStatus.AMENDED.value,
                    ]
                ),
                SENT,
                name="completed_response_was_sent",
            ),
            implies(
                Q(
                    status__in=[
                        ResponseStatus.IN_PROGRESS.value,
                        ResponseStatus.STOPPED.value,
                    ]
                ),
                ~SENT,
                name="unfinished_response_was_not_sent",
            ),
            implies(
                Q(status=ResponseStatus.STOPPED.value),
                Q(stopped_at__isnull=False),
                name="stopped_response_says_when",
            ),
            implies(
                SENT | ALERTED,
                Q(priority__isnull=False, due_at__isnull=False),
                name="response_to_review_has_a_place_in_the_queue",
            ),
            implies(
                REVIEWED, SENT | ALERTED, name="reviewed_response_was_there_to_review"
            ),
            models.CheckConstraint(
                condition=Q(amends__isnull=True) | ~Q(amends=F("id")),
                name="response_does_not_amend_itself",
            ),
        )
        indexes = (
            # With the assignee behind the order, what nobody has is passed over in
            # the index itself.
            models.Index(
                fields=[*QUEUE_ORDER, "assignee"],
                condition=QUEUED,
                name="response_queue",
            ),
            models.Index(
                fields=["assignee", *QUEUE_ORDER],
                condition=QUEUED,
                name="response_queue_by_reader",
            ),
            models.Index(fields=["due_at"], condition=QUEUED, name="response_due"),
            models.Index(
                fields=QUEUE_ORDER,
                condition=QUEUED & ALERTED,
                name="response_queue_alerted",
            ),
            models.Index(
                fields=["-reviewed_at", "id"],
                condition=REVIEWED,
                name="response_history",
            ),
            models.Index(
                fields=["saved_at"],
                condition=Q(status=ResponseStatus.IN_PROGRESS.value),
                name="response_drafts_by_age",
            ),
            models.Index(fields=QUEUE_ORDER, condition=SPAM, name="response_spam"),
            models.Index(fields=["started_at"], name="response_arrivals"),
            models.Index(
                fields=["identity_index"],
                condition=~Q(identity_index=""),
                name="response_by_identity",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def context(self) -> str:
        return f"response:{self.pk}"

    @property
    def key(self) -> vault.WrappedKey:
        return vault.WrappedKey(self.key_id, bytes(self.wrapped_key))

    @key.setter
    def key(self, key: vault.WrappedKey) -> None:
        self.key_id, self.wrapped_key = key.key_id, key.wrapped

    @property
    def is_urgent(self) -> bool:
        return self.priority is not None and self.priority <= LAST_URGENT

    @property
    def is_erased(self) -> bool:
        return not self.wrapped_key

    # What is opened is never kept on the instance, so that none of it outlives its use.
    @property
    def document(self) -> dict[str, Any]:
        """Raise `vault.Unreadable` when it was erased or tampered with."""
        return self._open("answers", self.sealed_answers)

    @document.setter
    def document(self, document: dict[str, Any]) -> None:
        self.sealed_answers = self._seal("answers", document)

    @property
    def answers(self) -> dict[str, Any]:
        return self.document["answers"]

    @property
    def summary(self) -> dict[str, Any] | None:
        if self.sealed_summary is None:
            return None
        return self._open("summary", self.sealed_summary)

    @summary.setter
    def summary(self, summary: dict[str, Any]) -> None:
        self.sealed_summary = self._seal("summary", summary)

    def _open(self, part: str, sealed: bytes | memoryview) -> Any:
        return vault.unseal(self.key, sealed, context=f"{self.context}:{part}")

    def _seal(self, part: str, document: dict[str, Any]) -> bytes:
        return vault.seal(self.key, document, context=f"{self.context}:{part}")
