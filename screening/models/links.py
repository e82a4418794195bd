"""A link that asks the patient of a case only what is missing."""

from __future__ import annotations

from django.db import models

from screening.models.invitations import Link
from screening.models.response import Response


class CaseLink(Link):
    """Whoever opens it says a birth date; too many wrong ones take it back."""

    response = models.ForeignKey(
        Response, on_delete=models.PROTECT, related_name="links"
    )
    wrong_dates = models.PositiveSmallIntegerField(default=0)
