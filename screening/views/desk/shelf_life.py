"""Criteria past the day by which somebody was to look at them again."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from screening.engine.protocol import Criterion
from screening.services import promises


def is_stale(criterion: Criterion) -> bool:
    today = promises.local(timezone.now()).date().isoformat()
    return bool(criterion.review_by) and criterion.review_by < today


def of(criterion: Criterion) -> dict[str, Any]:
    """Return what a page says of a criterion's age, and who answers for it."""
    return {
        "evidence": criterion.evidence,
        "signed_by": criterion.signed_by,
        "review_by": criterion.review_by,
        "stale": is_stale(criterion),
    }
