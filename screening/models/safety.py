"""Urgent findings that somebody must own, and what was done about them."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from screening import vault
from screening.models.columns import moment, staff
from screening.models.constraints import choices, implies, one_of
from screening.models.queue import Tier
from screening.models.response import Response


class AlertEventKind(StrEnum):
    RAISED_AGAIN = "raised-again"
    ACKNOWLEDGED = "acknowledged"
    CONTACTED = "contacted"
    ESCALATED = "escalated"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    RELEASED = "released"


OPEN = Q(closed_at__isnull=True)
# What a person did needs that person's name; the rest the software may note itself.
BY_A_PERSON = [
    AlertEventKind.ACKNOWLEDGED.value,
    AlertEventKind.CONTACTED.value,
    AlertEventKind.CLOSED.value,
    AlertEventKind.RELEASED.value,
]


class SafetyAlertQuerySet(models.QuerySet["SafetyAlert"]):
    def open(self) -> SafetyAlertQuerySet:
        """Not closed yet; tier c, the most urgent, first."""
        return self.filter(OPEN).order_by("-tier", "raised_at", "id")

    def unowned(self) -> SafetyAlertQuerySet:
        return self.open().filter(owner__isnull=True)


class SafetyAlert(models.Model):
    """That it was raised never changes; only who owns it, and when it was closed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(
        Response, on_delete=models.PROTECT, related_name="alerts"
    )
    tier = models.CharField(max_length=1, choices=choices(Tier))
    raised_at = models.DateTimeField(default=timezone.now)
    owner = staff("owned_alerts")
    closed_at = moment()
    sealed = models.BinaryField()

    objects = SafetyAlertQuerySet.as_manager()

    class Meta:
        constraints = (
            one_of("tier", Tier, name="alert_tier_is_known"),
            models.UniqueConstraint(
                fields=["response", "tier"],
                condition=OPEN,
                name="one_open_alert_a_tier",
            ),
            implies(
                Q(closed_at__isnull=False),
                Q(owner__isnull=False),
                name="closed_alert_has_an_owner",
            ),
        )
        indexes = (
            models.Index(
                fields=["-tier", "raised_at", "id"], condition=OPEN, name="alerts_open"
            ),
        )

    def __str__(self) -> str:
        return f"{self.response}, tier {self.tier}"

    @property
    def context(self) -> str:
        return f"alert:{self.pk}"

    @property
    def details(self) -> dict[str, Any]:
        opened: Any = vault.unseal(self.response.key, self.sealed, context=self.context)
        return opened

    @details.setter
    def details(self, details: dict[str, Any]) -> None:
        self.sealed = vault.seal(self.response.key, details, context=self.context)


class AlertEvent(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alert = models.ForeignKey(
        SafetyAlert, on_delete=models.PROTECT, related_name="events"
    )
    kind = models.CharField(max_length=20, choices=choices(AlertEventKind))
    at = models.DateTimeField(default=timezone.now)
    by = staff("alert_events", "Nobody, where the software noted it.")
    sealed = models.BinaryField(null=True, blank=True)

    class Meta:
        ordering = ("at",)
        get_latest_by = "at"
        constraints = (
            one_of("kind", AlertEventKind, name="alert_event_kind_is_known"),
            implies(
                Q(kind__in=BY_A_PERSON),
                Q(by__isnull=False),
                name="alert_event_names_its_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.alert}: {self.kind}"

    @property
    def context(self) -> str:
        return f"alert-event:{self.pk}"

    @property
    def details(self) -> dict[str, Any]:
        if self.sealed is None:
            return {}
        key = self.alert.response.key
        opened: Any = vault.unseal(key, self.sealed, context=self.context)
        return opened

    @details.setter
    def details(self, details: dict[str, Any]) -> None:
        key = self.alert.response.key
        self.sealed = vault.seal(key, details, context=self.context)
