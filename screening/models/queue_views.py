"""A filter of the queue that somebody keeps under a name of their own."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from screening.models.staff import Staff


class QueueViewQuerySet(models.QuerySet["QueueView"]):
    def of(self, owner: Staff) -> QueueViewQuerySet:
        return self.filter(owner=owner)


class QueueView(models.Model):
    """Its filters are what its link says: columns that are clear, and no patient."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="queue_views"
    )
    name = models.CharField(max_length=40)
    filters = models.CharField(max_length=80)
    kept_at = models.DateTimeField(default=timezone.now)

    objects = QueueViewQuerySet.as_manager()

    class Meta:
        ordering = ("kept_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["owner", "filters"], name="one_queue_view_a_filter"
            ),
        )

    def __str__(self) -> str:
        return self.name
