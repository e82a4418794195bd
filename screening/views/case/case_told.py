"""What a patient was told after a decision, and the words to begin with."""

from __future__ import annotations

from typing import Any

from screening.models import CaseLink, PatientMessage, Response
from screening.services.desk import telling
from screening.views import moments


def told(response: Response, answers: dict[str, Any]) -> dict[str, Any]:
    """Return what was told so far, and the words to begin the next message with."""
    became = telling.delivery(response)
    told = PatientMessage.objects.filter(response=response)
    links = CaseLink.objects.filter(response=response)
    last = response.reviews.order_by("-signed_at").first()
    ways = [
        (code, words)
        for code, words in telling.WORDS.items()
        if code != "email" or telling.may_email(answers)
    ]
    return {
        "told": [
            {
                "how": telling.WORDS[each.how],
                "by": str(each.by),
                "at": moments.moment(each.at),
                "text": each.text,
                "became": became.get(str(each.pk), ""),
            }
            for each in told.select_related("by", "response")
        ],
        "tell_ways": ways,
        "tell_text": telling.template(last.decision) if last else "",
        "may_tell": last is not None or links.exists(),
    }
