"""Who did or saw what, and when: each event chained to the one before."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.utils import timezone

from screening import vault
from screening.models.columns import staff


class AuditEvent(models.Model):
    """Holds ids and codes alone, so that it may outlive what it speaks of."""

    seq = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)
    actor = staff("audit_events")
    actor_label = models.CharField(
        max_length=80, blank=True, help_text="Who it was, when not a member of staff."
    )
    action = models.CharField(max_length=80)
    object_type = models.CharField(max_length=80, blank=True)
    object_id = models.CharField(max_length=80, blank=True)
    meta = models.JSONField(default=dict, blank=True)
    previous_mac = models.CharField(
        max_length=64,
        blank=True,
        unique=True,
        help_text="Unique, so that the chain cannot fork.",
    )
    mac = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("seq",)
        indexes = (
            models.Index(fields=["object_type", "object_id"], name="audit_by_object"),
            models.Index(fields=["action", "-seq"], name="audit_by_action"),
        )

    def __str__(self) -> str:
        return f"{self.seq}: {self.action}"

    def expected_mac(self) -> str:
        """Return the link that this event must have, from what it says now."""
        return vault.chain_mac(
            self.previous_mac, said(*(getattr(self, n) for n in SAID))
        )


# In the order of the parameters of `said`.
SAID = (
    *("meta", "at", "actor_id", "actor_label", "action", "object_type", "object_id"),
)


def said(
    meta: dict[str, Any],
    at: datetime,
    actor: int | None,
    actor_label: str,
    action: str,
    object_type: str,
    object_id: str,
) -> dict[str, Any]:
    """Return what an event says, as its link is reckoned from it."""
    return {
        "at": at.astimezone(UTC).isoformat(),
        "actor": actor,
        "actor_label": actor_label,
        "action": action,
        "object_type": object_type,
        "object_id": object_id,
        "meta": meta,
    }
