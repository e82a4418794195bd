"""How often something happened on a day: numbers that lead back to nobody."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from screening.models.columns import code
from screening.models.constraints import choices, one_of


class Counted(StrEnum):
    """What is counted, and by which code."""

    # By criterion.
    DISAGREED = "disagreed"
    AGREED_AGAIN = "agreed-again"
    DEMANDED = "demanded"
    OVERRULED = "overruled"
    # By indication, once for each case that is decided.
    MET = "met"
    UNKNOWN = "unknown"
    # By page.
    LEFT_AT = "left-at"
    RESTS_AT = "rests-at"


class DailyCount(models.Model):
    """Names no response: what it counts is sealed wherever it says who it is about."""

    day = models.DateField()
    what = models.CharField(max_length=20, choices=choices(Counted))
    code = code()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            one_of("what", Counted, name="daily_count_is_known"),
            models.UniqueConstraint(
                fields=["day", "what", "code"], name="one_count_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.day}, {self.what}, {self.code}: {self.count}"
