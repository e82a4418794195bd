"""A draft tried on everybody who answered before: how far it is, and who flips."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from screening import vault
from screening.models.columns import moment
from screening.models.protocol import Protocol
from screening.models.response import Response

UNFINISHED = Q(finished_at__isnull=True, cancelled_at__isnull=True)


def flip_context(pk: uuid.UUID) -> str:
    return f"replay-flip:{pk}"


class ReplayRun(models.Model):
    """Counts alone: whom they are about stands sealed in the rows of `flips`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    protocol = models.ForeignKey(
        Protocol, on_delete=models.CASCADE, related_name="replays"
    )
    content_hash = models.CharField(max_length=64, help_text="Of what was tried.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = moment()
    cancelled_at = moment()
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    cursor = models.UUIDField(null=True, help_text="The last response looked at.")
    counts = models.JSONField(default=dict, help_text="How many flip, by what and how.")

    class Meta:
        ordering = ("-started_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["protocol"],
                condition=UNFINISHED,
                name="one_replay_of_a_draft_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.protocol}: {self.done} of {self.total}"

    @property
    def is_running(self) -> bool:
        return self.finished_at is None and self.cancelled_at is None


class ReplayFlip(models.Model):
    """One past response that would come out otherwise, under its own key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(ReplayRun, on_delete=models.CASCADE, related_name="flips")
    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, related_name="replay_flips"
    )
    sealed = models.BinaryField()

    class Meta:
        ordering = ("run", "response")
        constraints = (
            models.UniqueConstraint(
                fields=["run", "response"], name="replay_flip_is_there_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.response} in {self.run}"

    @property
    def context(self) -> str:
        return flip_context(self.pk)

    @property
    def flips(self) -> Any:
        """Raise `vault.Unreadable` when the response was erased."""
        return vault.unseal(self.response.key, self.sealed, context=self.context)

    @flips.setter
    def flips(self, flips: list[Any]) -> None:
        self.sealed = vault.seal(self.response.key, flips, context=self.context)
