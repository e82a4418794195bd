"""What a patient is told after a decision: in plain words, and only as they allowed."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.db import transaction

from screening.engine import plain_words
from screening.models import Decision, How, Outbox, PatientMessage, Response, Staff
from screening.services import auditing, promises

WORDS = {
    How.EMAIL.value: "Ask by email to call us",
    How.PHONE.value: "Told by phone",
    How.NOT_REACHED.value: "Could not reach",
    How.LINK.value: "Sent a link to more questions",
}
KIND = "patient.message"
READ = "Thank you for your answers. A clinician has read them"
# Read by whoever holds the phone, so it says nothing of why.
LINK = (
    "Thank you for your answers. We have a few more questions. Open this link to "
    "answer them. It works once, until {until}. We will ask when you were born. You "
    "can call us at {phone} instead. If you are in danger, call {emergency}. You can "
    "also call or text {call} at any time."
)
# The secret of a link is kept nowhere, not in the copy of what was told either.
SECRET = re.compile(r"/more/[\w-]+/?")
TEMPLATES = {
    Decision.OFFER_CONSULTATION.value: (
        f"{READ} and would like to talk with you. Please call us at {{phone}} to find "
        "a time."
    ),
    Decision.ASK_FOR_MORE.value: (
        f"{READ} and has a few more questions. Please call us at {{phone}}."
    ),
    Decision.NOT_SUITABLE_NOW.value: (
        f"{READ} and would like to talk with you about what could help now. Please "
        "call us at {phone}."
    ),
    Decision.URGENT_CONTACT.value: (
        "A clinician has read your answers and would like to talk with you today. "
        "Please call us at {phone}. If you are in danger, call {emergency}. You can "
        "also call or text {call} at any time."
    ),
}


class NotPlain(ValueError):
    """The text holds refused words; `words` names them."""

    def __init__(self, words: list[str]) -> None:
        super().__init__(", ".join(words))
        self.words = words


class NotAllowed(ValueError):
    """The patient did not say that this way is safe."""


def template(decision: str) -> str:
    """Return the words to begin with after a decision; none for a duplicate."""
    return TEMPLATES.get(decision, "").format(**_contacts())


def words_of_link(expires: datetime) -> str:
    """Return the words to send beside a link."""
    return LINK.format(until=promises.day_in_words(expires), **_contacts())


def _contacts() -> dict[str, str]:
    contacts = promises.crisis_contacts() or {"emergency": "", "call": ""}
    names = ("emergency", "call")
    found = {name: contacts[name] for name in names}
    return found | {"phone": promises.context()["phone"]}


def may_email(answers: dict[str, Any]) -> bool:
    """Tell whether an email is safe: it was ticked, and nothing speaks against it."""
    allowed = answers.get("contact-ok")
    ticked = allowed if isinstance(allowed, list) else []
    safe = "email" in ticked and "ask-first" not in ticked
    return safe and isinstance(answers.get("email"), str)


@transaction.atomic
def tell(response: Response, *, by: Staff, how: str, text: str) -> PatientMessage:
    """Append what was told, and send the email that asks for a call.

    The email itself says nothing of the message. Raises NotPlain, NotAllowed.
    """
    if words := plain_words.refused(text):
        raise NotPlain(words)
    if how not in WORDS or (how == How.EMAIL and not may_email(response.answers)):
        raise NotAllowed(how)
    message = PatientMessage(response=response, by=by, how=how)
    message.text = SECRET.sub("[link]", text)
    message.save(force_insert=True)
    if how == How.EMAIL:
        Outbox.objects.create(kind=KIND, key=f"{KIND}:{message.pk}", response=response)
    auditing.record("patient.told", actor=by, subject=response, how=how)
    return message


def delivery(response: Response) -> dict[str, str]:
    """Return, by the key of a message, what became of its email."""
    sent = Outbox.objects.filter(kind=KIND, response=response)
    return {each.key.partition(":")[2]: _became(each) for each in sent}


def _became(message: Outbox) -> str:
    if message.sent_at:
        return "email sent"
    return "email given up" if message.dead_at else "email waits"
