"""A draft walked as a patient would; the answers live in the lead's own session."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from screening.engine.evaluation import conclude
from screening.engine.help_words import help_words
from screening.engine.journey import Journey
from screening.engine.urgency import fresh, red_answers
from screening.forms.page import PageForm
from screening.models import Protocol
from screening.services import promises
from screening.services.protocol import drafting
from screening.views.access import staff
from screening.views.case import case_page
from screening.views.journey import wording
from screening.views.protocol.drafts import FOLDER, READERS, current

PREVIEW = "preview"
# What a red answer led to: its tier, and the way on.
HELP = "preview-help"


@staff(*READERS)
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """Begin afresh, at the first page."""
    draft = current()
    if drafting.checked(draft)[0]:
        return redirect("draft")
    request.session[PREVIEW] = {}
    request.session.pop(HELP, None)
    return redirect("preview_page", draft.engine.pages[0].slug)


@staff(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def preview_page(request: HttpRequest, slug: str) -> HttpResponse:
    draft = current()
    if drafting.checked(draft)[0]:
        return redirect("draft")
    journey = _walk(request, draft)
    if slug not in journey.protocol.page or not journey.may_visit(slug):
        raise Http404
    if request.method == "POST":
        return _go_on(request, draft, journey, slug)
    return _show(request, draft, journey, _form(request, journey, slug, None))


@staff(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def preview_help(request: HttpRequest) -> HttpResponse:
    """Show what a patient reads after a red answer; each of its buttons goes on."""
    draft, walked = current(), request.session.get(HELP)
    if not walked:
        return redirect("preview")
    if request.method == "POST":
        return redirect(walked["onward"])
    context = {
        "draft": draft,
        "tier": walked["tier"],
        "words": help_words(draft.engine.texts),
        "has_phone": bool(_said(request).get("phone")),
    }
    return TemplateResponse(request, f"{FOLDER}_help.html", context)


@staff(*READERS)
@require_safe
def preview_end(request: HttpRequest) -> HttpResponse:
    """Show the case page that a clinician would get."""
    draft = current()
    if drafting.checked(draft)[0]:
        return redirect("draft")
    context = case_page.made_up(conclude(_walk(request, draft)))
    context |= {"draft": draft, "title": "Your walk", "here": "protocol"}
    return TemplateResponse(request, f"{FOLDER}_case.html", context)


def _go_on(
    request: HttpRequest, draft: Protocol, before: Journey, slug: str
) -> HttpResponse:
    """Keep what can be read; help comes before any error, as it does for patients."""
    form = _form(request, before, slug, request.POST)
    kept = {k: v for k, v in _said(request).items() if k not in form.cleared}
    request.session[PREVIEW] = kept | form.answers
    journey = _walk(request, draft)
    onward = _onward(journey, form)
    if red := fresh(red_answers(before), red_answers(journey)):
        tier = max(each.tier for each in red)
        request.session[HELP] = {"tier": tier, "onward": onward}
        return redirect("preview_help")
    return redirect(onward) if form.is_valid() else _show(request, draft, journey, form)


def _said(request: HttpRequest) -> dict[str, Any]:
    said: dict[str, Any] = request.session.get(PREVIEW, {})
    return said


def _walk(request: HttpRequest, draft: Protocol) -> Journey:
    today = promises.local(timezone.now()).date()
    return Journey(draft.engine, _said(request), today)


def _form(request: HttpRequest, journey: Journey, slug: str, data: Any) -> PageForm:
    page = journey.protocol.page[slug]
    rows, readings = wording.rows_and_readings(journey, page)
    return PageForm(
        page,
        open_items=journey.items(page),
        data=data,
        answers=journey.answers,
        rows=rows,
        readings=readings,
        row=request.GET.get("row"),
    )


def _onward(journey: Journey, form: PageForm) -> str:
    slug = form.page.slug
    if not form.is_valid() or not form.goes_on:
        here = reverse("preview_page", args=[slug])
        return here + (form.row_query if form.is_valid() else "")
    following = journey.next_page(slug)
    if following and journey.may_visit(following.slug):
        return reverse("preview_page", args=[following.slug])
    stop = journey.first_incomplete
    if stop:
        return reverse("preview_page", args=[stop.slug])
    return reverse("preview_end")


def _show(
    request: HttpRequest, draft: Protocol, journey: Journey, form: PageForm
) -> HttpResponse:
    before = journey.previous_page(form.page.slug)
    back = reverse("preview_page", args=[before.slug]) if before else reverse("draft")
    context = {"draft": draft, "form": form, "page": form.page, "back_url": back}
    status = 422 if form.is_bound and not form.is_valid() else 200
    template = f"{FOLDER}_preview.html"
    return TemplateResponse(request, template, context, status=status)
