"""A clinician's word against one finding: appended, never edited."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from screening import vault
from screening.models.constraints import implies
from screening.models.evaluation import Evaluation
from screening.models.response import Response


class DisagreementQuerySet(models.QuerySet["Disagreement"]):
    def standing(self) -> DisagreementQuerySet:
        """Neither withdrawn, nor said again in other words."""
        return self.filter(stands=True, replaced_by=None).order_by("at")


class Disagreement(models.Model):
    """Other words, or a withdrawal, are a new row that names the one it replaces.

    Which criterion it is about says something of the patient, so it is sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(
        Response, on_delete=models.PROTECT, related_name="disagreements"
    )
    evaluation = models.ForeignKey(
        Evaluation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="disagreements",
        help_text="What was on the screen; none for an alarming draft.",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
    )
    stands = models.BooleanField(
        default=True, help_text="Not so where it withdraws the one it replaces."
    )
    sealed = models.BinaryField()

    objects = DisagreementQuerySet.as_manager()

    class Meta:
        ordering = ("at",)
        constraints = (
            implies(
                Q(stands=False),
                Q(replaces__isnull=False),
                name="withdrawal_names_what_it_withdraws",
            ),
        )

    def __str__(self) -> str:
        return f"{self.response}, {self.by}"

    @property
    def context(self) -> str:
        return f"disagreement:{self.pk}"

    @property
    def details(self) -> dict[str, Any]:
        """Return the code of the criterion, and why."""
        opened: Any = vault.unseal(self.response.key, self.sealed, context=self.context)
        return opened

    @details.setter
    def details(self, details: dict[str, Any]) -> None:
        self.sealed = vault.seal(self.response.key, details, context=self.context)
