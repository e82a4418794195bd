"""What a clinician writes at the desk: notes not yet signed, messages to patients."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from screening import vault
from screening.models.constraints import choices, one_of
from screening.models.response import Response


class How(StrEnum):
    """How a message went its way, or that it did not."""

    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    NOT_REACHED = "not-reached"


class NoteDraft(models.Model):
    """Kept while somebody writes, so that no sign-out loses it; gone once signed."""

    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, related_name="note_drafts"
    )
    clinician = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    saved_at = models.DateTimeField(default=timezone.now)
    sealed = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["response", "clinician"], name="one_note_draft_each"
            ),
        )

    def __str__(self) -> str:
        return f"{self.response}, {self.clinician}"

    @property
    def context(self) -> str:
        return f"note-draft:{self.response_id}:{self.clinician_id}"

    @property
    def text(self) -> str:
        opened: Any = vault.unseal(self.response.key, self.sealed, context=self.context)
        return opened["text"]

    @text.setter
    def text(self, text: str) -> None:
        key = self.response.key
        self.sealed = vault.seal(key, {"text": text}, context=self.context)


class PatientMessage(models.Model):
    """What a patient was told, or should have been: appended, never edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(
        Response, on_delete=models.PROTECT, related_name="told"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    how = models.CharField(max_length=20, choices=choices(How))
    sealed = models.BinaryField()

    class Meta:
        ordering = ("at",)
        constraints = (one_of("how", How, name="message_way_is_known"),)

    def __str__(self) -> str:
        return f"{self.response}: {self.how}"

    @property
    def context(self) -> str:
        return f"message:{self.pk}"

    @property
    def text(self) -> str:
        opened: Any = vault.unseal(self.response.key, self.sealed, context=self.context)
        return opened["text"]

    @text.setter
    def text(self, text: str) -> None:
        key = self.response.key
        self.sealed = vault.seal(key, {"text": text}, context=self.context)
