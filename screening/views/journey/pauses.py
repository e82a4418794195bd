"""Where a journey pauses: the help page, the code, stopping for now, coming back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from screening.engine.urgency import CALL_ME, SAFE_NOW
from screening.forms.resume import ResumeForm
from screening.models import Response, Staff, Tier
from screening.services import answering
from screening.services.journey import codes, following, opening, resuming
from screening.services.safety import helping, surges
from screening.views import moments, throttle
from screening.views.access import (
    DRAFT,
    anyone,
    came_from,
    close,
    forget,
    is_late,
    own_draft,
)
from screening.views.forgetting import forgets
from screening.views.journey import wording
from screening.views.journey.patient import AFTER_HELP, HELP_SEEN, HELP_TIER
from screening.views.journey.phone import assistant

# The event of this session's own coming back.
RESUMED = "resumed"
# Where "Hide this site now" leads: a page that anybody may have open.
NEUTRAL = "https://www.wikipedia.org/"

# What a patient can say on the help page with one tap.
TAPS: dict[str, dict[str, Any]] = {
    "call-me": {CALL_ME: "yes"},
    "not-safe": {SAFE_NOW: "no"},
}


@anyone
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Opening it raises nothing and needs nothing."""
    page = came_from(request)
    context = {
        "words": helping.asked_now(),
        "late": is_late(request),
        "continue_url": page or reverse("check"),
        "asked": bool(page),
    }
    return TemplateResponse(request, "screening/patient/help.html", context)


@own_draft
@require_http_methods(["GET", "HEAD", "POST"])
def help_now(request: HttpRequest, response: Response) -> HttpResponse:
    """Interrupt calmly after a red answer; everything is saved before it is shown."""
    onward = request.session.get(AFTER_HELP) or goes_on(response)
    action = request.POST.get("action", "")
    if action == "go-on":
        request.session.pop(AFTER_HELP, None)
        return redirect(onward)
    if action == "stop":
        return redirect("stop")
    if action in TAPS:
        _tap(request, response, action)
        return redirect("help_now")
    context = _what_helps(request, response) | {"continue_url": onward}
    return TemplateResponse(request, "screening/patient/help_now.html", context)


def _what_helps(request: HttpRequest, response: Response) -> dict[str, Any]:
    """Offer no button for what an open alert tells of; once it is closed, again."""
    tier = request.session.get(HELP_TIER) or response.highest_tier
    if tier > request.session.get(HELP_SEEN, ""):
        request.session[HELP_SEEN] = tier
    emergencies = response.alerts.open().filter(tier=Tier.C)
    return {
        "tier": tier,
        "words": helping.asked_by(response.protocol_id),
        "asked_for_call": CALL_ME in following.in_hand(response),
        "has_phone": bool(response.answers.get("phone")),
        "said_not_safe": tier == Tier.C and emergencies.exists(),
    }


def _tap(request: HttpRequest, response: Response, action: str) -> None:
    answers = dict(TAPS[action])
    phone = request.POST.get("phone", "").strip()[:40]
    if phone and phone.isprintable():
        answers["phone"] = phone
    saved = answering.save_page(
        response.pk,
        answers=answers,
        slug="help-now",
        by=assistant(request),
        pressed=True,
    )
    request.session[HELP_TIER] = saved.response.highest_tier


@own_draft
@require_safe
def code(request: HttpRequest, response: Response) -> HttpResponse:
    return _code(request, response, "code")


@own_draft
@require_http_methods(["GET", "HEAD", "POST"])
@forgets
def stop(request: HttpRequest, response: Response) -> HttpResponse:
    """Show the code; a second button forgets the draft on this phone."""
    if request.method == "POST":
        close(request)
        return redirect("start")
    return _code(request, response, "stopped")


def _code(request: HttpRequest, response: Response, template: str) -> HttpResponse:
    code = codes.grouped(response.document["resume_code"])
    used = resuming.last_resumed(response, before=request.session.get(RESUMED))
    context = {
        "code": code,
        "continue_url": goes_on(response),
        "used": moments.in_full(used) if used else "",
    }
    return TemplateResponse(request, f"screening/patient/{template}.html", context)


def goes_on(response: Response) -> str:
    """Return where the questions go on: at the first that wants an answer."""
    journey = opening.walk(response, response.document, timezone.now())
    place = journey.first_incomplete
    return reverse("page", args=[place.slug]) if place else reverse("check")


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    form = ResumeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        budgets = (throttle.to_resume(request), throttle.of_code(form.code))
        if not all(throttle.take(budget) for budget in budgets):
            return TemplateResponse(request, "429.html", status=429)
        response = resuming.find(code=form.code, birth_date=form.birth_date)
        if response is not None:
            for budget in budgets:
                throttle.give_back(budget)
            _open(request, response)
            return redirect("code")
        surges.note_wrong_code()
        form.add_error(None, ResumeForm.NOT_FOUND)
    status = 422 if form.is_bound else 200
    late = is_late(request)
    context = {"form": form, "late": late, "back_url": reverse("start")}
    template = "screening/patient/resume.html"
    return TemplateResponse(request, template, context, status=status)


def _open(request: HttpRequest, response: Response) -> None:
    """Whoever is signed in here opens it in their own name, and is signed out."""
    by = request.user if isinstance(request.user, Staff) else None
    opened = resuming.resume(response, by=by)
    forget(request)
    request.session[DRAFT] = str(response.pk)
    request.session[RESUMED] = opened.seq


@own_draft
@require_safe
def copy(request: HttpRequest, response: Response) -> HttpResponse:
    """A copy to print; what is sensitive is in it only when the patient asks."""
    journey = opening.walk(response, response.document, timezone.now())
    whole = request.GET.get("all") == "yes"
    sections = wording.sections(journey)
    context = {
        "sections": [part for part in sections if whole or not part["sensitive"]],
        "left_out": not whole and any(part["sensitive"] for part in sections),
        "reference": codes.grouped(response.reference),
        "printed_at": timezone.localtime(),
    }
    return TemplateResponse(request, "screening/patient/copy.html", context)


@anyone
@require_safe
@forgets
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the draft on this device at once, and load a page that says nothing."""
    close(request)
    return redirect(NEUTRAL)


@anyone
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    context = {"back_url": came_from(request) or reverse("start")}
    return TemplateResponse(request, "screening/patient/privacy.html", context)


@anyone
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    context = {"back_url": came_from(request) or reverse("start")}
    return TemplateResponse(request, "screening/patient/contact.html", context)
