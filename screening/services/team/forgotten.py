"""A colleague has forgotten the password: a link by mail, which the worker sends."""

from __future__ import annotations

import uuid

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from screening.models import Outbox, Staff
from screening.models.outbox import OutboxQuerySet
from screening.services import auditing

KIND = "staff.password-forgotten"
SUBJECT = "A new password"
LETTER = (
    "Somebody asked for a new password for your account at the desk of {name}. Open "
    "this address to choose one:\n\n{address}\n\n"
    "It works once, within the hour. If it was not you, do nothing.\n"
)


@transaction.atomic
def ask(person: Staff | None) -> None:
    """Have a link mailed; of a stranger's address it is on record that it was tried.

    Neither waits for the mail server, so nobody learns here who has an account.
    """
    auditing.record(KIND, actor_label="unknown", subject=person)
    if person is not None and not waiting(person).exists():
        key = f"{KIND}:{uuid.uuid4()}"
        Outbox.objects.create(kind=KIND, key=key, recipient=person.email)


def waiting(person: Staff) -> OutboxQuerySet:
    return Outbox.objects.waiting().filter(kind=KIND, recipient=person.email)


def letter(message: Outbox) -> str:
    """Return the mail. The link in it is made as it leaves, and is kept nowhere."""
    person = Staff.objects.get(email=message.recipient, is_active=True)
    key = default_token_generator.make_token(person)
    uid = user_pk_to_url_str(person)
    there = reverse("account_reset_password_from_key", args=[uid, key])
    return LETTER.format(name=settings.CLINIC["name"], address=settings.ORIGIN + there)
