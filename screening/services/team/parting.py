"""Somebody leaves: every door shuts at once, and what they had goes back to all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from screening.models import Response, Role, SafetyAlert, Staff, StaffInvitation
from screening.services import auditing
from screening.services.safety import owning
from screening.services.team import forgotten, hiring


class NotALead(Exception):
    """Only a lead who still works here lets others go."""


class LastLead(Exception):
    """Without a lead nobody could let anybody in again."""


@dataclass(frozen=True)
class Parted:
    """What a person left behind, now with nobody."""

    cases: int
    alerts: int
    sessions: int


@transaction.atomic
def part(person_id: int, *, by: Staff) -> Parted:
    """Switch an account off, for now or for good; its deeds stay on record.

    Raises NotALead, LastLead, Staff.DoesNotExist.
    """
    here = Staff.objects.select_for_update().filter(is_active=True)
    # All leads are locked, in one order: of two who let each other go one is first.
    leads = [lead.pk for lead in here.filter(role=Role.LEAD).order_by("pk")]
    if by.pk not in leads:
        raise NotALead
    person = here.get(pk=person_id)
    if leads == [person.pk]:
        raise LastLead
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    Authenticator.objects.filter(user=person).delete()
    forgotten.waiting(person).delete()
    hiring.withdraw(StaffInvitation.objects.filter(made_by=person), by=by)
    left = Parted(
        cases=_give_back_cases(person, by),
        alerts=_give_back_alerts(person, by, timezone.now()),
        sessions=_end_sessions(person),
    )
    auditing.record(
        "staff.left", actor=by, subject=person, cases=left.cases, alerts=left.alerts
    )
    return left


def has_lead_beside(person: Staff) -> bool:
    leads = Staff.objects.filter(is_active=True, role=Role.LEAD)
    return leads.exclude(pk=person.pk).exists()


def gone_from_the_rota() -> list[str]:
    """Name whoever clinic.toml still counts on, though they have left."""
    off = Staff.objects.filter(is_active=False).exclude(email="")
    gone = {email.lower() for email in off.values_list("email", flat=True)}
    clinic = settings.CLINIC
    named = {person["email"]: person["name"] for person in clinic["rota"]}
    for key in ("on_call", "drill_to"):
        named.setdefault(clinic.get(key, ""), clinic.get(key, ""))
    return [name for email, name in named.items() if email.lower() in gone]


def _give_back_cases(person: Staff, by: Staff) -> int:
    had = Response.objects.select_for_update().filter(assignee=person)
    cases = list(had.filter(reviewed_at=None))
    for case in cases:
        case.assignee = None
        case.save(update_fields=["assignee"])
        auditing.record("response.assigned", actor=by, subject=case, to=None)
    return len(cases)


def _give_back_alerts(person: Staff, by: Staff, at: datetime) -> int:
    owned = SafetyAlert.objects.open().filter(owner=person)
    alerts = list(owned.select_for_update(no_key=True, of=("self",)))
    for alert in alerts:
        owning.release(alert, by=by, at=at)
    return len(alerts)


def _end_sessions(person: Staff) -> int:
    """Close what is open now: each would be refused at its next click anyway."""
    UserSession.objects.filter(user=person).delete()
    rows: Any = Session.objects.filter(expire_date__gt=timezone.now())
    theirs = [
        row.pk
        for row in rows.iterator()
        if row.get_decoded().get(SESSION_KEY) == str(person.pk)
    ]
    return int(Session.objects.filter(pk__in=theirs).delete()[0])
