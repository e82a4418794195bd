"""The lead's desk: a draft of the protocol, changed and checked before it is asked."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from screening.engine.document import build
from screening.forms.rules import RuleForm
from screening.forms.tables import KEYS, TableForm
from screening.models import Protocol, Role
from screening.services import drafting
from screening.services.places import find
from screening.views import draft_page
from screening.views.access import clinician, staff

READERS = (Role.REVIEWER, Role.LEAD)
FOLDER = "screening/clinician/draft"


@staff(*READERS)
@require_safe
def draft(request: HttpRequest) -> HttpResponse:
    return show(request)


@staff(Role.LEAD)
@require_POST
def start_draft(request: HttpRequest) -> HttpResponse:
    try:
        drafting.start(by=clinician(request))
    except (drafting.NoDraft, Protocol.DoesNotExist) as refusal:
        return show(request, problem=str(refusal), status=409)
    return redirect("draft")


@staff(Role.LEAD)
@require_POST
def discard_draft(request: HttpRequest) -> HttpResponse:
    drafting.discard(current(), by=clinician(request))
    return redirect("draft")


@staff(*READERS)
@require_safe
def contents(request: HttpRequest, kind: str) -> HttpResponse:
    """List what may be changed, one kind of it at a time."""
    context = draft_page.contents(current(), kind)
    return TemplateResponse(request, f"{FOLDER}_contents.html", context)


@staff(Role.LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """Change one table. A button that adds or takes away saves nothing yet."""
    protocol = current()
    document = protocol.document()
    table = _table(document, kind, name)
    data = request.POST if request.method == "POST" else None
    form, rule = TableForm(kind, table, data), _rule(document, table, data)
    pressed = request.POST.get("action", "")
    if data is not None and pressed == "save":
        if form.is_valid() & (rule is None or rule.is_valid()):
            form.apply()
            if rule:
                table["clauses"] = rule.clauses
            return _saved(request, protocol, document, (kind, name))
    elif rule and pressed:
        rule.press(pressed)
        form = TableForm(kind, _typed(table, request), None)
    return _shown(request, protocol, (kind, name), form=form, rule=rule)


def current() -> Protocol:
    found = drafting.current()
    if found is None:
        raise Http404
    return found


def show(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    """Draw the draft with all that it still wants, or the way to begin one."""
    context = draft_page.context(drafting.current(), by=clinician(request))
    context |= {"problem": problem}
    return TemplateResponse(request, f"{FOLDER}.html", context, status=status)


def _table(document: Any, kind: str, name: str) -> Any:
    if kind not in KEYS:
        raise Http404
    try:
        return find(document, kind, name)
    except KeyError as error:
        raise Http404 from error


def _rule(document: Any, table: Any, data: Any) -> RuleForm | None:
    if "clauses" not in table:
        return None
    return RuleForm(build(document), table["clauses"], data)


def _typed(table: Any, request: HttpRequest) -> Any:
    """Keep what was typed so far, beside what a button adds or takes away."""
    return table | {
        key: value
        for key, value in request.POST.items()
        if key in table and key != "clauses" and isinstance(table[key], str)
    }


def _saved(
    request: HttpRequest, protocol: Protocol, document: Any, place: tuple[str, str]
) -> HttpResponse:
    try:
        seen = request.POST.get("seen", "")
        drafting.save(protocol, document, by=clinician(request), seen=seen)
    except (drafting.DraftMoved, drafting.NoDraft) as refusal:
        return show(request, problem=str(refusal), status=409)
    there = f"{place[0]}-{place[1]}".replace(" ", "-")
    return redirect(f"/staff/protocol/draft/?saved={there}")


def _shown(
    request: HttpRequest, protocol: Protocol, place: tuple[str, str], **forms: Any
) -> HttpResponse:
    context = draft_page.change(protocol, *place) | forms
    wrong = any(each and getattr(each, "errors", None) for each in forms.values())
    rule = forms["rule"]
    status = 422 if wrong or (rule and rule.problems) else 200
    return TemplateResponse(request, f"{FOLDER}_change.html", context, status=status)
