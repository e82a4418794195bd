"""Messages that wait to be sent, and the signs of life of whatever sends them."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from screening.models.columns import moment
from screening.models.response import Response
from screening.models.safety import SafetyAlert

WAITING = Q(sent_at__isnull=True, dead_at__isnull=True)


class OutboxQuerySet(models.QuerySet["Outbox"]):
    def waiting(self) -> OutboxQuerySet:
        return self.filter(WAITING).order_by("due_at", "id")

    def stuck(self, since: datetime) -> OutboxQuerySet:
        """Return notices that were tried in vain, or that nobody tried since then."""
        old = self.filter(alert__isnull=False, sent_at=None, created_at__lt=since)
        return old.filter(~Q(last_error="") | Q(due_at__lt=since))


class Outbox(models.Model):
    """A message written in the transaction that caused it. It names no patient."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=80)
    key = models.CharField(
        max_length=200, unique=True, help_text="Makes one cause send one message."
    )
    response = models.ForeignKey(
        Response,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="messages",
    )
    alert = models.ForeignKey(
        SafetyAlert,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="messages",
    )
    recipient = models.CharField(
        max_length=200, blank=True, help_text="Empty: whoever the rota names."
    )
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = moment()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(
        max_length=200, blank=True, help_text="The kind of error, never its text."
    )
    dead_at = moment("When it was given up.")

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "outbox"
        constraints = (
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(dead_at__isnull=True),
                name="message_is_sent_or_given_up",
            ),
        )
        indexes = (
            models.Index(
                fields=["due_at", "id"], condition=WAITING, name="outbox_waiting"
            ),
        )

    def __str__(self) -> str:
        return self.key


class Heartbeat(models.Model):
    """When a worker last said that it runs."""

    name = models.CharField(primary_key=True, max_length=40)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name
