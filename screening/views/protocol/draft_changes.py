"""One table of a draft: changed, added or taken away by a lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from screening.engine.document import ProtocolError, build
from screening.forms.keys import KEYS, NAMES
from screening.forms.rules import RuleForm
from screening.forms.tables import TableForm
from screening.models import Protocol, Role
from screening.services.protocol import drafting, places
from screening.views.access import clinician, staff
from screening.views.protocol import draft_page
from screening.views.protocol.drafts import FOLDER, current, show

SAFETY = "safety"
STILL_HERE = "What you typed is still here: look at the draft, then save again."


@dataclass
class Work:
    """The draft as it is worked on: saved as a whole, or not at all."""

    draft: Protocol
    document: Any
    kind: str
    table: Any
    # Where a new one goes: the code of an indication, or safety; empty: it is there.
    home: str = ""

    @property
    def is_safety(self) -> bool:
        return self.home == SAFETY or "group" in self.table

    @property
    def taken(self) -> set[str] | None:
        if not self.home:
            return None
        return {n for kind, n, _ in places.places(self.document) if kind == self.kind}

    @property
    def has_rule(self) -> bool:
        return self.kind == "criterion"


@staff(Role.LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """Change one table. A button that adds or takes away saves nothing yet."""
    draft = current()
    document = places.with_all_words(draft.document())
    work = Work(draft, document, kind, _table(document, kind, name))
    return _worked(request, work, draft_page.change(draft, kind, name))


@staff(Role.LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """Write a new table; a criterion is written for the place it was asked for."""
    draft = current()
    document = draft.document()
    home = request.GET.get("to", "") if kind == "criterion" else kind
    if kind not in NAMES:
        raise Http404
    if home not in {kind, SAFETY, *(each["code"] for each in document["indications"])}:
        return redirect("draft_contents", kind)
    work = Work(draft, document, kind, {}, home)
    return _worked(request, work, draft_page.add(draft, kind, home))


@staff(Role.LEAD)
@require_POST
def remove(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    draft = current()
    document = draft.document()
    _table(document, kind, name)
    if kind not in NAMES:
        raise Http404
    places.remove(document, kind, name)
    try:
        return _saved(request, draft, document)
    except drafting.DraftMoved as refusal:
        return show(request, problem=str(refusal), status=409)
    except ProtocolError as refusal:
        return show(request, problem=f"Nothing was saved. {refusal}.", status=422)


def _worked(request: HttpRequest, work: Work, words: dict[str, Any]) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    pressed = request.POST.get("action", "")
    rules = build(work.document)
    rule = RuleForm(rules, work.table.get("clauses"), data) if work.has_rule else None
    typed: dict[str, Any] = {"safety": work.is_safety, "taken": work.taken}
    form = TableForm(work.kind, work.table, data, rules=rules, **typed)
    if data is not None and pressed == "save":
        is_valid = form.is_valid() & (rule is None or rule.is_valid())
        if is_valid and (answer := _taken(request, work, form, rule)):
            return answer
    elif rule and pressed:
        rule.press(pressed)
        form = TableForm(
            work.kind, work.table, None, rules=rules, initial=form.typed, **typed
        )
    words |= {"form": form, "rule": rule}
    is_wrong = form.is_bound or bool(rule and rule.problems)
    return TemplateResponse(
        request, f"{FOLDER}_change.html", words, status=422 if is_wrong else 200
    )


def _taken(
    request: HttpRequest, work: Work, form: TableForm, rule: RuleForm | None
) -> HttpResponse | None:
    """Save; where that cannot be, the form says why, beside what was typed."""
    try:
        return _saved(request, work.draft, _written(work, form, rule))
    except ProtocolError as refusal:
        form.add_error(None, f"Nothing was saved. {refusal}.")
    except drafting.DraftMoved as refusal:
        form.add_error(None, f"Nothing was saved. {refusal} {STILL_HERE}")
    return None


def _written(work: Work, form: TableForm, rule: RuleForm | None) -> Any:
    form.apply()
    if rule:
        work.table["clauses"] = rule.clauses
    if work.home:
        home = work.home if work.home not in (work.kind, SAFETY) else ""
        places.insert(work.document, work.kind, work.table, home)
    return work.document


def _table(document: Any, kind: str, name: str) -> Any:
    if kind not in KEYS:
        raise Http404
    try:
        return places.find(document, kind, name)
    except KeyError as error:
        raise Http404 from error


def _saved(request: HttpRequest, draft: Protocol, document: Any) -> HttpResponse:
    try:
        seen = request.POST.get("seen", "")
        drafting.save(draft, document, by=clinician(request), seen=seen)
    except drafting.NoDraft as refusal:
        return show(request, problem=str(refusal), status=409)
    return redirect(f"{reverse('draft')}?saved=yes")
