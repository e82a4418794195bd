"""The patient's journey: one page at a time, saved at once, sent exactly once."""

from __future__ import annotations

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)

from screening.engine.journey import Journey
from screening.engine.urgency import red_answers
from screening.forms.page import PageForm
from screening.models import Protocol, Response
from screening.services import answering, links
from screening.services.journey import opening
from screening.services.safety import helping
from screening.services.upkeep import readiness
from screening.views.access import (
    DRAFT,
    anyone,
    draft_of,
    forget,
    own_draft,
)
from screening.views.journey import beginning, drawing, phone, typed, wording

AFTER_HELP = "after-help"
HELP_TIER = "help-tier"
HELP_SEEN = "help-seen"


@anyone
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    if readiness.why_closed():
        return TemplateResponse(request, "screening/patient/closed.html")
    helping.remember()
    context = {"has_draft": draft_of(request) is not None}
    return TemplateResponse(request, "screening/patient/start.html", context)


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
@beginning.watched
def begin(request: HttpRequest) -> HttpResponse:
    """Ask for consent first; until it is given nothing is stored."""
    if readiness.why_closed():
        return TemplateResponse(request, "screening/patient/closed.html")
    protocol = Protocol.objects.current()
    journey = Journey(protocol.engine, {}, timezone.localdate())
    page = journey.pages[0]
    form = PageForm(page, open_items=journey.items(page), data=request.POST or None)
    if request.method == "POST" and form.answers.get(readiness.CONSENT) is False:
        return TemplateResponse(request, "screening/patient/declined.html")
    if request.method == "POST" and form.is_valid():
        try:
            response = beginning.draft(request, protocol, form.answers)
        except links.NotUsable:
            return redirect("invited")
        return _begun(request, response)
    return drawing.page(request, journey.protocol, form, back_url=reverse("start"))


def _begun(request: HttpRequest, response: Response) -> HttpResponse:
    """Hold the draft here from now on; where it is red already, help comes first."""
    if phone.assistant(request):
        phone.let_go(request)
    else:
        forget(request)
    request.session[DRAFT] = str(response.pk)
    onward = reverse("page", args=[response.protocol.engine.pages[1].slug])
    if not response.highest_tier:
        return HttpResponseRedirect(onward)
    request.session[HELP_TIER] = response.highest_tier
    request.session[AFTER_HELP] = onward
    return redirect("help_now")


@own_draft
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, response: Response, slug: str) -> HttpResponse:
    if slug not in response.protocol.engine.page:
        raise Http404
    draft = opening.open_draft(response, timezone.now())
    # An earlier page may have changed in another tab: what is asked is saved still.
    asked = draft.journey.items(response.protocol.engine.page[slug])
    if request.method == "POST" and asked:
        return _save(request, draft, slug)
    if not draft.journey.may_visit(slug):
        return redirect(_onward(draft.journey))
    unread = draft.document["typed"].get(slug)
    data = typed.posted(unread) if unread else None
    form = _form(request, draft.journey, slug, data)
    return _show(request, draft, draft.journey, form)


def _save(request: HttpRequest, draft: opening.Opened, slug: str) -> HttpResponse:
    """Save what is valid whatever else is wrong; help comes before any error."""
    form = _form(request, draft.journey, slug, request.POST)
    if form.answers.get(readiness.CONSENT) is False:
        if form.pause == "help":
            return redirect("help")
        return TemplateResponse(request, "screening/patient/withdrawn.html")
    saved = answering.save_page(
        draft.response.pk,
        read=draft,
        by=phone.assistant(request),
        answers=form.answers,
        cleared=form.cleared,
        slug=slug,
        typed=None if form.is_valid() else typed.kept(request.POST),
    )
    onward = _next(request, saved.journey, form, slug)
    help_tier = saved.help_tier or _unseen_help(request, saved.journey, form)
    if help_tier:
        request.session[HELP_TIER] = help_tier
        request.session[AFTER_HELP] = onward
        return redirect("help_now")
    if form.pause:
        return HttpResponseRedirect(_aside(draft.response, saved.journey, form))
    if not form.is_valid():
        return _show(request, draft, saved.journey, form)
    return HttpResponseRedirect(onward)


def _aside(response: Response, journey: Journey, form: PageForm) -> str:
    """Return where a button other than Continue leads, with the way back from there."""
    if form.pause == "back":
        return _back(response, journey, form.page.slug) or _onward(journey)
    place = reverse(form.pause)
    own_way = form.pause in ("stop", "code")
    return place if own_way else f"{place}?page={form.page.slug}"


def _back(response: Response, journey: Journey, slug: str) -> str:
    """A link leads straight to its questions: before them there is no page."""
    before = journey.previous_page(slug)
    outside = "" if response.amends_id else reverse("start")
    return reverse("page", args=[before.slug]) if before else outside


def _unseen_help(request: HttpRequest, journey: Journey, form: PageForm) -> str:
    """The answer that led to the help page may have got lost: show it when repeated."""
    reds = red_answers(journey)
    tier = max((red.tier for red in reds if red.link_id in form.answers), default="")
    return tier if tier > request.session.get(HELP_SEEN, "") else ""


def _next(request: HttpRequest, journey: Journey, form: PageForm, slug: str) -> str:
    if not form.goes_on:
        return reverse("page", args=[slug]) + form.row_query
    following = journey.next_page(slug)
    if (
        "change" in request.GET
        or not following
        or not journey.may_visit(following.slug)
    ):
        return _onward(journey)
    return reverse("page", args=[following.slug])


def _onward(journey: Journey) -> str:
    """Return the first page that still wants an answer, else the check."""
    stop = journey.first_incomplete
    return reverse("page", args=[stop.slug]) if stop else reverse("check")


def _form(
    request: HttpRequest, journey: Journey, slug: str, data: QueryDict | None
) -> PageForm:
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


def _show(
    request: HttpRequest, draft: opening.Opened, journey: Journey, form: PageForm
) -> HttpResponse:
    number, of = journey.progress(form.page.slug)
    return drawing.page(
        request,
        journey.protocol,
        form,
        back_url=_back(draft.response, journey, form.page.slug),
        progress=f"{form.page.section_title}. Part {number} of about {of}",
    )


@own_draft
@require_safe
def check(request: HttpRequest, response: Response) -> HttpResponse:
    journey = opening.walk(response, response.document, timezone.now())
    context = {
        "sections": wording.sections(journey),
        "complete": journey.is_complete,
        "continue_url": _onward(journey),
        "back_url": reverse("page", args=[journey.pages[-1].slug]),
        "send_key": response.send_key,
    }
    return TemplateResponse(request, "screening/patient/check.html", context)
