"""A link asks only what is missing; what is answered becomes a response that amends."""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from screening.engine.amending import kept, settled, to_ask
from screening.engine.evaluation import Result, conclude
from screening.engine.journey import Journey
from screening.engine.urgency import WITHDRAWN, red_answers
from screening.models import CaseLink, Response, Staff
from screening.services import answering, auditing, links, promises

# After so many wrong birth dates a link is shut; a new one is made in one click.
WRONG_DATES = 5


class NothingToAsk(Exception):
    """No indication is unknown, or the patient could not be told from another."""


def asks_again(response: Response, result: Result) -> frozenset[str]:
    """Return the questions that a link would ask today; none where it cannot be made.

    Whoever opens it says a birth date, so there must be one to compare with. What was
    amended already is asked further from its amendment.
    """
    born = result.journey.answers.get("birth-date")
    if response.submitted_at is None or not isinstance(born, str):
        return frozenset()
    if response.amendments.sent().exists():
        return frozenset()
    said = promises.local(response.submitted_at).date()
    today = promises.local(timezone.now()).date()
    return to_ask(result, days_old=(today - said).days)


@transaction.atomic
def make_link(response: Response, *, by: Staff) -> CaseLink:
    """Make a link to what is missing; those before it are taken back.

    Raises NothingToAsk, and then nothing is made.
    """
    at = timezone.now()
    response = _locked(response)
    auditing.record("response.link-made", actor=by, subject=response)
    if not asks_again(response, judged(response, response.document, at)):
        raise NothingToAsk
    for older in CaseLink.objects.filter(response=response):
        links.withdraw(older, at)
    link = CaseLink(response=response, made_by=by)
    return links.make(link, "more_days")


def waiting_link(response: Response) -> CaseLink | None:
    """Return the link of a case that can still be opened, if there is one."""
    usable: Any = CaseLink.objects.usable(timezone.now())
    found: CaseLink | None = usable.filter(response=response).first()
    return found


@transaction.atomic
def open_link(link: CaseLink, *, birth_date: str) -> Response | None:
    """Use a link up, and return the draft that it asks in; None for a wrong date.

    A draft that an earlier link began is gone on with. Raises links.NotUsable,
    NothingToAsk.
    """
    at = timezone.now()
    if link.response.is_erased:
        raise links.NotUsable
    if not _is_born(link.response, birth_date):
        _count_wrong_date(link, at)
        return None
    links.use(link, at)
    auditing.record("response.link-opened", subject=link.response)
    return begin(link.response, at=at)


@transaction.atomic
def begin(
    response: Response, *, recorded_by: Staff | None = None, at: datetime | None = None
) -> Response:
    """Begin a draft that amends this response, or return the one that was begun.

    Raises NothingToAsk.
    """
    at = at or timezone.now()
    response = _locked(response)
    drafts = response.amendments.in_progress().exclude(wrapped_key=b"")
    begun: Response | None = drafts.select_related("protocol").first()
    if begun is not None:
        return _taken_up(begun, recorded_by)
    document = response.document
    result = judged(response, document, at)
    journey, asked = result.journey, asks_again(response, result)
    if not asked:
        raise NothingToAsk
    return answering.begin(
        protocol=response.protocol,
        answers=kept(journey, asked),
        recorded_by=recorded_by,
        synthetic=response.is_synthetic,
        amends=response,
        beside=_beside(journey, asked, document),
        at=at,
    )


def judged(response: Response, document: dict[str, Any], at: datetime) -> Result:
    """Judge again what was sent, under its own protocol, as of this day."""
    today = promises.local(at).date()
    return conclude(Journey(response.protocol.engine, document["answers"], today))


def _locked(response: Response) -> Response:
    """Read it again behind the lock: it may have been erased meanwhile."""
    rows = Response.objects.select_for_update(of=("self",)).select_related("protocol")
    found: Response = rows.get(pk=response.pk)
    if found.is_erased:
        raise NothingToAsk
    return found


def _taken_up(begun: Response, by: Staff | None) -> Response:
    """Say who goes on writing in a draft that was begun before."""
    if by is None:
        return begun
    # It may be sent at this moment; then it says already who recorded it.
    unsaid = Response.objects.in_progress().filter(pk=begun.pk, recorded_by=None)
    unsaid.update(recorded_by=by)
    begun.recorded_by = begun.recorded_by or by
    auditing.record("response.taken-up", actor=by, subject=begun)
    return begun


def _beside(
    journey: Journey, asked: frozenset[str], document: dict[str, Any]
) -> dict[str, Any]:
    """Return what the amendment must not forget: what was red stays on record."""
    reds = {red.link_id: red.answer for red in red_answers(journey)}
    return {
        "settled": sorted(settled(journey, asked) - {WITHDRAWN}),
        "withdrawn": list(document["withdrawn"]),
        "red_before": {name: reds[name] for name in sorted(asked & reds.keys())},
    }


def _is_born(response: Response, birth_date: str) -> bool:
    known = str(response.answers.get("birth-date", ""))
    return bool(known) and hmac.compare_digest(known.encode(), birth_date.encode())


def _count_wrong_date(link: CaseLink, at: datetime) -> None:
    rows: Any = CaseLink.objects.select_for_update().usable(at)
    for found in rows.filter(pk=link.pk):
        found.wrong_dates += 1
        found.save(update_fields=["wrong_dates"])
        if found.wrong_dates >= WRONG_DATES:
            links.withdraw(found, at)
            auditing.record("response.link-shut", subject=found.response)
