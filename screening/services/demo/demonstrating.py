"""A demo clinic: invented people answer, its staff read; all through the services."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from screening.models import Outbox, Protocol, Response, Role, Staff
from screening.services import answering, promises, reviewing
from screening.services.demo.inventing import Person, people
from screening.services.safety import escalating, owning

# Printed for whoever tries the demo; it opens nothing that is real.
PASSWORD = "lamplight-demo-1"
DOMAIN = "demo.invalid"
STAFF = (
    ("ash", "Robin", "Ash", Role.REVIEWER),
    ("birch", "Sam", "Birch", Role.REVIEWER),
    ("cedar", "Jo", "Cedar", Role.LEAD),
    ("elm", "Kim", "Elm", Role.FRONT_DESK),
    ("hazel", "Lee", "Hazel", Role.ADMINISTRATOR),
)
MINUTES_TO_ANSWER = 18
# Hours of the worker's life that are made up for afterwards.
LOOKED_BACK, HOURS_BETWEEN_LOOKS = 120, 6


@transaction.atomic
def seed(number: int) -> dict[str, int]:
    """Make the staff and so many responses, where they are not there yet.

    Returns how many were added. Raises Protocol.DoesNotExist.
    """
    protocol = Protocol.objects.current()
    before = Staff.objects.count()
    staff = _hire()
    now = timezone.now()
    # A drill is made up too, but somebody stands behind it.
    there = Response.objects.filter(is_synthetic=True, recorded_by=None).count()
    missing = people(number, today=promises.local(now).date())[there:]
    made = [_live_through(person, protocol, staff, now) for person in missing]
    _as_if_a_worker_had_run(made, now)
    return {"staff": Staff.objects.count() - before, "responses": len(made)}


def logins() -> list[dict[str, str]]:
    return [
        {"email": _address(name), "password": PASSWORD, "role": role.value}
        for name, _, _, role in STAFF
    ]


def _hire() -> dict[str, Staff]:
    missing = {name for name, *_ in STAFF}
    missing -= set(Staff.objects.values_list("username", flat=True))
    password = make_password(PASSWORD) if missing else ""
    for name, first, last, role in STAFF:
        if name in missing:
            Staff.objects.create(
                username=name,
                email=_address(name),
                first_name=first,
                last_name=last,
                role=role,
                password=password,
            )
    return {person.username: person for person in Staff.objects.all()}


def _address(name: str) -> str:
    return f"{name}@{DOMAIN}"


def _live_through(
    person: Person, protocol: Protocol, staff: dict[str, Staff], now: datetime
) -> Response:
    at = now - timedelta(hours=person.hours_ago)
    response = _answer(person, protocol, at)
    if person.taken_by:
        _take(response, person, staff[person.taken_by])
    for review in person.reviews:
        _read(response, review, staff[review["by"]], at)
    return response


def _answer(person: Person, protocol: Protocol, at: datetime) -> Response:
    answers = _until(person.left_at, person.answers, protocol)
    early = at - timedelta(minutes=MINUTES_TO_ANSWER)
    response = answering.begin(protocol=protocol, answers={}, synthetic=True, at=early)
    if person.taken_back:
        answering.save_page(response.pk, answers=answers | person.taken_back, at=early)
    saved = answering.save_page(response.pk, answers=answers, at=at)
    if person.left_at:
        return saved.response
    return answering.submit(response.pk, send_key=response.send_key, at=at)


def _until(slug: str, answers: dict[str, Any], protocol: Protocol) -> dict[str, Any]:
    """Leave out what stands on later pages, except what the software sets itself."""
    if not slug:
        return answers
    pages = protocol.engine.pages
    last = next(n for n, page in enumerate(pages) if page.slug == slug)
    reached = {
        item.link_id
        for number, page in enumerate(pages)
        for item in page.items
        if number <= last or item.hidden
    }
    return {link_id: answers[link_id] for link_id in answers if link_id in reached}


def _take(response: Response, person: Person, by: Staff) -> None:
    for alert in response.alerts.filter(closed_at__isnull=True):
        owning.acknowledge(alert.pk, by=by)
        if person.closed:
            owning.close(alert.pk, by=by, reason=person.closed)


def _read(response: Response, review: Any, by: Staff, sent: datetime) -> None:
    reviewing.open_case(response, by=by)
    reviewing.sign(
        response.pk,
        by=by,
        decision=review["decision"],
        reason=review["reason"],
        note=review.get("note", ""),
        overrules=review.get("overrules", ""),
        version=Response.objects.values_list("version", flat=True).get(pk=response.pk),
        at=sent + timedelta(hours=review["after_hours"]),
    )


def _as_if_a_worker_had_run(made: list[Response], now: datetime) -> None:
    """Pass on what nobody took, and count every notice as sent in its time."""
    for response in made:
        seen = response.submitted_at or response.saved_at
        response.messages.filter(alert=None).update(created_at=seen, due_at=seen)
    if made:
        for hours in range(LOOKED_BACK, 0, -HOURS_BETWEEN_LOOKS):
            escalating.escalate_overdue(at=now - timedelta(hours=hours))
    due = Outbox.objects.waiting().filter(response__in=made, due_at__lte=now)
    due.update(sent_at=F("due_at"), attempts=1)
