"""What the engine found in a response, sealed with the response's own key."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.utils import timezone

from screening import vault
from screening.models.protocol import Protocol
from screening.models.response import Response


class Evaluation(models.Model):
    """Enough to reckon it again: the protocol, the day, and the engine's version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(
        Response, on_delete=models.PROTECT, related_name="evaluations"
    )
    protocol = models.ForeignKey(
        Protocol, on_delete=models.PROTECT, related_name="evaluations"
    )
    safety_protocol = models.ForeignKey(
        Protocol,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="safety_evaluations",
        help_text="The newer version whose safety rules were applied as well.",
    )
    as_of = models.DateField(help_text="The day that ages and spans are reckoned from.")
    engine_version = models.CharField(max_length=40)
    created_at = models.DateTimeField(default=timezone.now)
    sealed = models.BinaryField()

    class Meta:
        get_latest_by = "created_at"
        indexes = (
            models.Index(
                fields=["response", "-created_at"], name="evaluations_of_a_response"
            ),
        )

    def __str__(self) -> str:
        return f"{self.response} as of {self.as_of}"

    @property
    def context(self) -> str:
        return f"evaluation:{self.pk}"

    @property
    def result(self) -> dict[str, Any]:
        """Outcome, indications, findings and scores, by their codes."""
        opened: Any = vault.unseal(self.response.key, self.sealed, context=self.context)
        return opened

    @result.setter
    def result(self, result: dict[str, Any]) -> None:
        self.sealed = vault.seal(self.response.key, result, context=self.context)
