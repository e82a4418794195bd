"""How the clinic is doing, for the lead: drawn by the server, with a table beside."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from screening.forms.review import DECISION_WORDS
from screening.models import Role
from screening.services import counting
from screening.views import moments
from screening.views.access import staff

WIDE = 320


@staff(Role.LEAD)
@require_safe
def doing(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    decided = counting.decisions(now).items()
    context = {
        "here": "doing",
        "checked": moments.moment(now),
        "weeks": counting.SPAN.days // 7,
        "fewest": counting.FEWEST,
        "charts": [
            _chart("Sent, by week", "Week from", counting.volume(now)),
            _chart("Against the promise", "", counting.promise(now)),
            _chart("Decisions", "", {DECISION_WORDS[k]: count for k, count in decided}),
            _chart("Safety alerts taken", "", counting.acknowledged(now)),
        ],
    }
    return TemplateResponse(request, "screening/clinician/doing.html", context)


def _chart(title: str, of: str, counts: dict[str, int]) -> dict[str, Any]:
    """Return bars with their numbers; a bar is never longer than its number says."""
    most = max([counting.FEWEST, *counts.values()])
    return {
        "title": title,
        "of": of,
        "wide": WIDE,
        "bars": [
            {
                "words": words,
                "shown": counting.shown(count),
                "wide": round(WIDE * _drawn(count) / most, 1),
                "few": 0 < count < counting.FEWEST,
            }
            for words, count in counts.items()
        ],
    }


def _drawn(count: int) -> int:
    """Draw all small numbers alike, so that no bar tells what its number hides."""
    return counting.FEWEST - 1 if 0 < count < counting.FEWEST else count
