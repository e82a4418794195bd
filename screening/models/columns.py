"""The kinds of column that many models share."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models


def code() -> models.CharField[str, str]:
    return models.CharField(
        max_length=80, help_text="Lower case with hyphens; the same for ever."
    )


def word(help_text: str = "") -> models.CharField[str, str]:
    return models.CharField(max_length=80, blank=True, help_text=help_text)


def line() -> models.TextField[str, str]:
    return models.TextField()


def prose(help_text: str = "") -> models.TextField[str, str]:
    return models.TextField(blank=True, help_text=help_text)


def note() -> models.TextField[str, str]:
    return prose("For authors; no patient sees it.")


def number(help_text: str = "") -> models.FloatField[float | None, float | None]:
    return models.FloatField(null=True, blank=True, help_text=help_text)


def words() -> models.JSONField[list[str], list[str]]:
    return models.JSONField(default=list, blank=True)


def moment(help_text: str = "") -> models.DateTimeField[Any, Any]:
    """Return a point in time that may be still to come."""
    return models.DateTimeField(null=True, blank=True, help_text=help_text)


def staff(related_name: str, help_text: str = "") -> models.ForeignKey[Any, Any]:
    """Return a column for a member of staff, or for nobody.

    Staff who did or saw anything are never deleted, only switched off.
    """
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        help_text=help_text,
    )
