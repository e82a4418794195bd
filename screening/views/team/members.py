"""The lead's team: who works here, who was asked in, who has left."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from screening.forms.team import ROLES, ColleagueForm
from screening.models import Role, Staff, StaffInvitation
from screening.services import promises
from screening.services.team import hiring, parting
from screening.views import moments
from screening.views.access import clinician, staff

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@staff(Role.LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def team(request: HttpRequest) -> HttpResponse:
    form = ColleagueForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _invited(form, clinician(request)):
        return redirect("team")
    context = {
        "here": "team",
        "form": form,
        "roles": ROLES,
        "people": [_row(person) for person in _people()],
        "waiting": [_waiting(each) for each in hiring.waiting()],
        "factor_required": settings.SECOND_FACTOR_REQUIRED,
    }
    status = 422 if form.errors else 200
    template = "screening/clinician/team.html"
    return TemplateResponse(request, template, context, status=status)


@staff(Role.LEAD)
@require_POST
def withdraw(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = StaffInvitation.objects.filter(pk=key)
    hiring.withdraw(found, by=clinician(request))
    return redirect("team")


@staff(Role.LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first, then shut every door at once and say what is with nobody now."""
    person = get_object_or_404(Staff, pk=pk, is_active=True)
    context: dict[str, Any] = {"here": "team", "person": _row(person)}
    context["is_last_lead"] = person.role == Role.LEAD and not parting.has_lead_beside(
        person
    )
    if request.method == "POST":
        try:
            context["left"] = parting.part(pk, by=clinician(request))
        except Staff.DoesNotExist:
            return redirect("team")
        except parting.NotALead:
            return redirect("queue")
        except parting.LastLead:
            context["is_last_lead"] = True
        context["on_rota"] = str(person) if _counted_on(person) else ""
    status = 409 if request.method == "POST" and "left" not in context else 200
    template = "screening/clinician/leave.html"
    return TemplateResponse(request, template, context, status=status)


def _invited(form: ColleagueForm, by: Staff) -> bool:
    said = form.cleaned_data
    try:
        hiring.invite(email=said["email"], role=Role(said["role"]), by=by)
    except hiring.Taken:
        form.add_error("email", ColleagueForm.TAKEN)
        return False
    return True


def _people() -> Any:
    factor = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    waiting = Q(assigned_responses__reviewed_at__isnull=True)
    cases = Count("assigned_responses", filter=waiting)
    # Whoever has neither stands for the daily drill.
    known = Staff.objects.filter(Q(is_active=True) | ~Q(email=""))
    people = known.annotate(has_factor=Exists(factor), cases=cases)
    return people.order_by("-is_active", "first_name", "last_name", "username")


def _row(person: Any) -> dict[str, Any]:
    seen = person.last_login
    return {
        "pk": person.pk,
        "name": str(person),
        "email": person.email,
        "role": dict(ROLES)[person.role],
        "is_active": person.is_active,
        "seen": moments.moment(seen) if seen else "",
        "has_factor": getattr(person, "has_factor", None),
        "cases": getattr(person, "cases", 0),
    }


def _waiting(invitation: StaffInvitation) -> dict[str, Any]:
    return {
        "key": invitation.pk,
        "email": invitation.email,
        "role": dict(ROLES)[invitation.role],
        "by": str(invitation.made_by),
        "until": promises.day_in_words(invitation.expires_at),
    }


def _counted_on(person: Staff) -> bool:
    clinic = settings.CLINIC
    named = [each["email"] for each in clinic["rota"]]
    named += [clinic["on_call"], clinic.get("drill_to", "")]
    return person.email.lower() in [email.lower() for email in named]
