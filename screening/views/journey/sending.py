"""Sending exactly once, and saying so again to whoever never saw it confirmed."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from screening.models import Response
from screening.services import answering, promises
from screening.services.journey import codes
from screening.views.access import anyone, draft_key, is_late, note_sign_out
from screening.views.forgetting import forgets
from screening.views.journey import phone, wording

SENT = "sent"


@anyone
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Whoever holds the key of what was sent is told so again: answers get lost."""
    by, key, begun = phone.assistant(request), _key(request), draft_key(request)
    try:
        if begun is not None:
            return _confirm(request, answering.submit(begun, send_key=key, by=by))
    except answering.NotComplete as missing:
        return redirect("page", missing.slug)
    except (answering.AlreadySent, Response.DoesNotExist):
        return redirect("check")
    sent = answering.sent_with(key)
    if sent is None:
        return redirect("sent" if SENT in request.session else "resume")
    return _confirm(request, sent)


def _confirm(request: HttpRequest, sent: Response) -> HttpResponse:
    if phone.assistant(request):
        phone.let_go(request)
    else:
        note_sign_out(request)
        request.session.clear()
    request.session[SENT] = {
        "reference": codes.grouped(sent.reference),
        "due_text": promises.day_in_words(promises.read_by(sent.submitted_at)),
        "under_18": wording.is_under_18(sent.answers.get("birth-date")),
    }
    return redirect("sent")


@anyone
@require_safe
@forgets
def sent(request: HttpRequest) -> HttpResponse:
    phone.assistant(request)
    if SENT not in request.session:
        return redirect("start")
    about = request.session[SENT] | {"late": is_late(request)}
    template = "under18" if about["under_18"] else "sent"
    return TemplateResponse(request, f"screening/patient/{template}.html", about)


def _key(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("send_key", ""))
    except ValueError:
        return uuid.uuid4()
