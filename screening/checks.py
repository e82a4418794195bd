"""Refuse a demo that would run on the records of a real clinic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from screening.services.safety.drilling import KEEPER

DEMO_DOMAIN = "@demo.invalid"


@register(Tags.database)
def demo_holds_no_real_staff(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Run with every `migrate` and whenever the server starts."""
    if settings.CLINIC_MODE != "demo" or not databases:
        return []
    if not any(_has_real_staff(alias) for alias in databases):
        return []
    sentence = (
        "This database holds staff whose address does not end in "
        f"{DEMO_DOMAIN}: a demo must not open it."
    )
    hint = "Set CLINIC_MODE to production, or choose another DATABASE_URL."
    return [Error(sentence, hint=hint, id="screening.E001")]


def _has_real_staff(alias: str) -> bool:
    staff = get_user_model()
    tables = connections[alias].introspection.table_names()
    if staff._meta.db_table not in tables:
        return False
    # The drill's own account has no address, and nobody behind it.
    rows = staff._default_manager.using(alias).exclude(username=KEEPER)
    return rows.exclude(email__endswith=DEMO_DOMAIN).exists()
