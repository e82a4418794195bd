"""End what somebody has open, and take off a factor that they have lost."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from screening.models import Staff
from screening.services import auditing


@transaction.atomic
def sign_out(name: str, *, factors: bool = False) -> int:
    """End all sessions of a member of staff; return how many. Raises DoesNotExist.

    Without their factors they set up a new one at the next login, by password alone.
    """
    person = Staff.objects.get(username=name)
    sessions = list(UserSession.objects.filter(user=person))
    for session in sessions:
        session.end()
    auditing.record(
        "staff.signed-out-elsewhere", actor_label="operator", subject=person
    )
    if factors:
        Authenticator.objects.filter(user=person).delete()
        auditing.record("staff.factors-removed", actor_label="operator", subject=person)
    return len(sessions)
