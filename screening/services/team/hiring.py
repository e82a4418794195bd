"""The lead lets a colleague in by a link that works once."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from screening.models import Outbox, Role, Staff, StaffInvitation
from screening.models.invitations import UNUSED
from screening.services import auditing, links, promises

KIND = "staff.invited"
SUBJECT = "Your account at the clinic’s desk"
LETTER = (
    "{name} asks you to work at its desk. Open this address to choose a password:\n\n"
    "{address}\n\n"
    "It works once, until {until}. If you did not expect this, do nothing.\n"
)


class Taken(ValueError):
    """Whoever has this address works here already."""


@transaction.atomic
def invite(*, email: str, role: Role, by: Staff) -> StaffInvitation:
    """Mail a colleague a link; one from before stops working. Raises Taken."""
    # As whoever lets somebody go: of two at once one waits, and sees the other's link.
    leads = Staff.objects.filter(role=Role.LEAD, is_active=True).order_by("pk")
    list(leads.select_for_update())
    email = email.strip().lower()
    if Staff.objects.filter(email__iexact=email, is_active=True).exists():
        raise Taken(email)
    withdraw(StaffInvitation.objects.filter(email__iexact=email), by=by)
    invitation = StaffInvitation(email=email, role=role.value, made_by=by)
    links.make(invitation, "staff_days")
    Outbox.objects.create(kind=KIND, key=_key(invitation), recipient=email)
    auditing.record(KIND, actor=by, subject=invitation, role=role.value)
    return invitation


@transaction.atomic
def withdraw(invitations: Any, *, by: Staff) -> int:
    """Take back those that were not used, and the mail that has not left."""
    found: list[StaffInvitation] = list(invitations.filter(UNUSED))
    for invitation in found:
        links.withdraw(invitation, timezone.now())
        Outbox.objects.waiting().filter(key=_key(invitation)).delete()
        auditing.record("staff.invitation-withdrawn", actor=by, subject=invitation)
    return len(found)


def join(
    invitation: StaffInvitation, *, first_name: str, last_name: str, password: str
) -> Staff:
    """Make the account, or open that of somebody who comes back. Raises NotUsable."""
    # Slow on purpose; nothing is locked meanwhile.
    hashed = make_password(password)
    with transaction.atomic():
        links.use(invitation, timezone.now())
        person = _person(invitation.email)
        person.first_name, person.last_name = first_name, last_name
        person.role, person.password, person.is_active = invitation.role, hashed, True
        person.save()
        auditing.record(
            "staff.joined", actor=person, subject=person, invitation=invitation.pk
        )
    return person


def waiting() -> list[StaffInvitation]:
    usable: Any = StaffInvitation.objects.usable(timezone.now())
    return list(usable.select_related("made_by").order_by("-made_at"))


def letter(message: Outbox) -> str:
    """Return the mail of an invitation. The link in it is made as it leaves."""
    invitation = StaffInvitation.objects.get(pk=message.key.partition(":")[2])
    there = reverse("join_link", args=[links.token_of(invitation)])
    return LETTER.format(
        name=settings.CLINIC["name"],
        address=settings.ORIGIN + there,
        until=promises.day_in_words(invitation.expires_at),
    )


def _key(invitation: StaffInvitation) -> str:
    return f"{KIND}:{invitation.pk}"


def _person(email: str) -> Staff:
    person = Staff.objects.select_for_update().filter(email__iexact=email).first()
    if person is None:
        longest = Staff._meta.get_field("username").max_length or 0
        taken = len(email) > longest or Staff.objects.filter(username=email).exists()
        return Staff(username=uuid.uuid4().hex if taken else email, email=email)
    if person.is_active:
        raise links.NotUsable
    return person
