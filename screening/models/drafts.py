"""What a draft version leaves behind: who changed what, who signed, who was tried."""

from __future__ import annotations

import uuid
from enum import StrEnum

from django.conf import settings
from django.db import models
from django.utils import timezone

from screening.models.columns import code, line, moment, staff
from screening.models.constraints import choices, one_of
from screening.models.protocol import Protocol


class DraftChange(models.Model):
    """One key of one table, before and after; empty where it was or is left out."""

    protocol = models.ForeignKey(
        Protocol, on_delete=models.CASCADE, related_name="changes"
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=20, help_text="Which kind of table it is.")
    name = models.TextField(help_text="Its code, or the name of a medicine.")
    key = models.CharField(max_length=40, help_text="Empty: the table as a whole.")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.kind} {self.name}: {self.key}"


class SignOffKind(StrEnum):
    PROPOSED = "proposed"
    COUNTERSIGNED = "countersigned"


class SignOff(models.Model):
    """A name under one content: any later change makes it a name under nothing."""

    protocol = models.ForeignKey(
        Protocol, on_delete=models.CASCADE, related_name="sign_offs"
    )
    kind = models.CharField(max_length=20, choices=choices(SignOffKind))
    content_hash = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "id")
        constraints = (
            one_of("kind", SignOffKind, name="sign_off_kind_is_known"),
            models.UniqueConstraint(
                fields=["protocol", "kind", "content_hash"], name="sign_off_is_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.protocol}: {self.kind} by {self.by}"


class GoldenPatient(models.Model):
    """Somebody made up, and what a clinician says must follow from their answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    url = models.CharField(max_length=200, help_text="Of the protocol, any version.")
    slug = code()
    title = line()
    answers = models.JSONField()
    as_of = models.DateField()
    expected = models.JSONField(help_text="Outcome, indications and findings, by code.")
    blessed_by = staff("blessed_patients")
    blessed_at = moment()

    class Meta:
        ordering = ("url", "slug")
        constraints = (
            models.UniqueConstraint(
                fields=["url", "slug"], name="golden_patient_is_there_once"
            ),
        )

    def __str__(self) -> str:
        return self.title


class FlipReason(models.Model):
    """Why a golden patient may come out otherwise under this content."""

    protocol = models.ForeignKey(
        Protocol, on_delete=models.CASCADE, related_name="flip_reasons"
    )
    patient = models.ForeignKey(
        GoldenPatient, on_delete=models.CASCADE, related_name="flip_reasons"
    )
    found = models.JSONField(help_text="What came out when it was explained.")
    reason = line()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.patient}: {self.reason}"
