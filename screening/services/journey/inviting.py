"""Staff invite a patient by a link, which begins one questionnaire and no second."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from screening.models import PatientInvitation, Response, Staff
from screening.services import answering, auditing, links

LISTED = 50


@transaction.atomic
def invite(*, by: Staff, for_tablet: bool = False) -> PatientInvitation:
    """Make a link for whomever the desk gives it to; it names nobody."""
    invitation = PatientInvitation(made_by=by, for_tablet=for_tablet)
    links.make(invitation, "patient_days")
    auditing.record("invitation.made", actor=by, subject=invitation, tablet=for_tablet)
    return invitation


@transaction.atomic
def withdraw(invitation: PatientInvitation, *, by: Staff) -> None:
    if links.withdraw(invitation, timezone.now()):
        auditing.record("invitation.withdrawn", actor=by, subject=invitation)


@transaction.atomic
def begin(invitation: PatientInvitation, **beginning: Any) -> Response:
    """Begin a draft and use the invitation up, both or neither. Raises NotUsable."""
    links.use(invitation, timezone.now())
    response = answering.begin(**beginning)
    auditing.record("invitation.used", subject=invitation, response=response.pk)
    return response


def latest() -> list[PatientInvitation]:
    found = PatientInvitation.objects.select_related("made_by")
    return list(found.order_by("-made_at", "id")[:LISTED])


@transaction.atomic
def note_tablet(number: str, *, by: Staff, ends: bool = False) -> None:
    """Put on record that a device became one that patients share, or is no more."""
    auditing.record("tablet.ended" if ends else "tablet.begun", actor=by, number=number)
