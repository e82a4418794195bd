"""What was asked again of a patient: the links, the questions, what came of them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from screening.engine import words
from screening.engine.amending import Amendment, kept, settled
from screening.engine.evaluation import Result
from screening.models import CaseLink, Response
from screening.services import promises
from screening.services.journey import amending, codes
from screening.views import moments
from screening.views.desk import queue_page

Words = dict[str, Any]

WRONG = "shut after wrong birth dates: call the patient"


def asked(response: Response, result: Result) -> Words:
    """Return whether more can be asked, the links made so far, and who answered."""
    links = CaseLink.objects.filter(response=response).order_by("made_at")
    begun = response.amendments.in_progress().exclude(wrapped_key=b"")
    return {
        "may_ask": bool(amending.asks_again(response, result)),
        "links": [_link(each) for each in links.select_related("made_by")],
        "amends": _case(response.amends),
        "amended_by": [_case(each) for each in response.amendments.sent()],
        "amending": begun.exists(),
    }


def shown(response: Response, link: CaseLink) -> Words:
    """Return a new link as it is handed over, with what it asks and how to send it."""
    result = amending.judged(response, response.document, timezone.now())
    journey, wanted = result.journey, amending.asks_again(response, result)
    walk = Amendment(
        journey.protocol,
        kept(journey, wanted),
        journey.as_of,
        settled(journey, wanted),
    )
    contact = journey.protocol.item.get("contact-ok")
    allowed = journey.answers.get("contact-ok")
    return {
        "case": queue_page.place(response),
        "until": promises.day_in_words(link.expires_at),
        "printed": moments.in_full(timezone.now()),
        "contact": words.said(contact, allowed) if contact else [],
        "pages": [
            {"title": page.title, "questions": [i.text for i in walk.items(page)]}
            for page in walk.pages
        ],
    }


def _link(link: CaseLink) -> Words:
    return {
        "by": str(link.made_by),
        "at": moments.moment(link.made_at),
        "state": _state(link),
        "waits": not (link.used_at or link.withdrawn_at) and _lasts(link),
    }


def _state(link: CaseLink) -> str:
    if link.used_at:
        return f"opened {moments.moment(link.used_at)}"
    if link.withdrawn_at:
        wrong = link.wrong_dates >= amending.WRONG_DATES
        return WRONG if wrong else "replaced by a newer one"
    if not _lasts(link):
        return "too old"
    number, until = link.wrong_dates, moments.moment(link.expires_at)
    tried = f"; {number} wrong birth date{'s' if number > 1 else ''} so far"
    return f"not opened, works until {until}{tried if number else ''}"


def _lasts(link: CaseLink) -> bool:
    return bool(timezone.now() < link.expires_at)


def _case(response: Response | None) -> Words | None:
    if response is None:
        return None
    return {
        "key": response.pk,
        "reference": codes.grouped(response.reference),
        "sent": moments.moment(response.submitted_at) if response.submitted_at else "",
    }
