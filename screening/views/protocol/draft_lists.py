"""The lists of a draft: what may be changed, grouped as people look for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from screening.engine.help_words import SHIPPED
from screening.forms.keys import KEYS, NAMES
from screening.models import Protocol, Role
from screening.services.protocol.places import places, with_all_words
from screening.views.access import clinician, staff
from screening.views.protocol import draft_page, draft_words
from screening.views.protocol.drafts import FOLDER, READERS, current

Words = dict[str, Any]


@staff(*READERS)
@require_safe
def contents(request: HttpRequest, kind: str) -> HttpResponse:
    """List what may be changed, one kind of it at a time."""
    draft = current()
    context = {
        "here": "protocol",
        "draft": draft,
        "is_lead": clinician(request).role == Role.LEAD,
        "lists": draft_page.LISTS,
        "kind": kind,
        "title": draft_page.LISTS.get(kind, ""),
        "groups": _groups(draft, kind) if kind in KEYS else [],
    }
    return TemplateResponse(request, f"{FOLDER}_contents.html", context)


def _groups(draft: Protocol, kind: str) -> list[Words]:
    if kind == "criterion":
        return list(_criteria(draft.document()))
    entries = [
        _entry(kind, name, table, home)
        for home, name, table in _listed(draft.document(), kind)
    ]
    groups = [
        {"title": home, "entries": list(found), "add": ""}
        for home, found in groupby(entries, key=lambda entry: entry["home"])
    ]
    if kind in NAMES:
        groups = groups or [{"title": "", "entries": []}]
        groups[0]["add"] = reverse("add_to_draft", args=[kind])
    return groups


def _listed(document: Words, kind: str) -> Iterator[tuple[str, str, Words]]:
    """Yield each table of a kind under the title of the page or scale it is on."""
    home = ""
    for own, name, table in places(with_all_words(document)):
        if own in ("page", "instrument"):
            home = table["title"]
        if own == kind and not (kind == "item" and table.get("instrument")):
            yield home if kind in ("item", "wording") else "", name, table


def _criteria(document: Words) -> Iterator[Words]:
    for indication in document["indications"]:
        yield _group(indication["title"], indication["code"], indication["criterion"])
    yield _group(draft_page.SAFETY, "safety", document.get("safety", []))


def _group(title: str, home: str, criteria: list[Words]) -> Words:
    there = reverse("add_to_draft", args=["criterion"])
    return {
        "title": title,
        "entries": [_entry("criterion", c["code"], c, title) for c in criteria],
        "add": f"{there}?{urlencode({'to': home})}",
    }


def _tag(kind: str, table: Words) -> str:
    if kind == "text" and table["code"] in SHIPPED:
        return SHIPPED[table["code"]][0]
    return str(table["kind"]) if kind == "criterion" else ""


def _entry(kind: str, name: str, table: Words, home: str) -> Words:
    return {
        "name": name,
        "title": draft_words.title_of(table) or name,
        "tag": _tag(kind, table),
        "url": draft_page.address(kind, name),
        "home": home,
    }
