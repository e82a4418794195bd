"""What each kind of mail says, and none says a word of a patient's health."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse

from screening.models import Outbox
from screening.services import promises
from screening.services.desk import assigning, telling
from screening.services.safety import announcing, drilling
from screening.services.team import forgotten, hiring

# To a patient: whoever else reads their mail learns nothing.
PLEASE_CALL = (
    "We have a message for you. Please call us at {phone} when you can.\n\n"
    "Please do not write anything private in an answer to this email.\n"
)
DRILL_IN_FULL = (
    "This is the daily drill. No patient is waiting. It shows that notices of urgent "
    "responses arrive; on a day without it, tell the administrator.\n"
)
# Whoever is on the rota may open the board; the queue is for those who read.
BOARD = ("safety", "safety board")
QUEUE = ("queue", "queue")
OPENED = ("opened", "list of what was opened")


class Letter(NamedTuple):
    subject: str
    body: str


def write(message: Outbox) -> Letter:
    """Return what the message says as it leaves, which may count what still waits."""
    return LETTERS.get(message.kind, _one_waits)(message)


def _one_waits(message: Outbox) -> Letter:
    if message.alert_id:
        return _look("1 urgent response is waiting", BOARD)
    return _look("1 response is waiting", QUEUE)


def _some_wait(message: Outbox) -> Letter:
    number = announcing.still_to_tell()
    if number > 1:
        return _look(f"{number} urgent responses are waiting", BOARD)
    return _one_waits(message)


def _opened_anyway(message: Outbox) -> Letter:
    return _look(assigning.TOLD, OPENED)


def _invitation(message: Outbox) -> Letter:
    return Letter(hiring.SUBJECT, hiring.letter(message))


def _forgotten(message: Outbox) -> Letter:
    return Letter(forgotten.SUBJECT, forgotten.letter(message))


def _please_call(message: Outbox) -> Letter:
    phone = promises.context()["phone"]
    return Letter("Please call us", PLEASE_CALL.format(phone=phone))


def _drill(message: Outbox) -> Letter:
    return Letter("Drill: nothing needs to be done", DRILL_IN_FULL)


def _look(subject: str, place: tuple[str, str]) -> Letter:
    name, called = place
    address = f"{settings.ORIGIN}{reverse(name)}"
    return Letter(subject, f"{subject}. Please open the {called}:\n\n{address}\n")


LETTERS: Mapping[str, Callable[[Outbox], Letter]] = MappingProxyType(
    {
        announcing.DIGEST: _some_wait,
        assigning.ANYWAY: _opened_anyway,
        drilling.KIND: _drill,
        forgotten.KIND: _forgotten,
        hiring.KIND: _invitation,
        telling.KIND: _please_call,
    }
)
