"""A page of questions, drawn once with holes in it; each request fills the holes.

A published page never changes: only what is ticked, what is written in its boxes, and
the way back do. Drawing it anew for each patient takes most of a request. Errors and
growing lists are drawn the long way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.html import escape

from screening.engine.protocol import Protocol
from screening.forms.page import PageForm
from screening.services import promises
from screening.views.journey import tablets

TEMPLATE = "screening/patient/page.html"
# Characters for private use stand around the name of a hole; no question holds them.
OPENS, CLOSES = "\ue000", "\ue001"
TICKED = " checked"
_HOLE = re.compile(rf'(?<= id=")([^"]+)"{TICKED}|{OPENS}([^{CLOSES}]+){CLOSES}')

Drawn = tuple[tuple[str, str], ...]
Pairs = tuple[tuple[str, Any], ...]
Frame = tuple[str, Pairs, bool, Pairs]


def page(
    request: HttpRequest,
    protocol: Protocol,
    form: PageForm,
    *,
    back_url: str,
    progress: str = "",
) -> HttpResponse:
    """Return what TEMPLATE makes of a form; status 422 when it was posted amiss."""
    token = getattr(request, "start_token", "")
    if form.is_bound or form.group or hasattr(request, "assistant"):
        shown = {"page": form.page, "form": form}
        shown |= {"back_url": back_url, "progress": progress, "start_token": token}
        status = 422 if form.is_bound and request.method == "POST" else 200
        return TemplateResponse(request, TEMPLATE, shown, status=status)
    asked = tuple(item.link_id for item in form.items)
    about = protocol, form.page.slug, asked, bool(progress), bool(back_url)
    drawn = _drawn(*about, _frame(request))
    held = {"csrf": get_token(request), "back": back_url, "progress": progress}
    held |= {"start": token}
    held.update(_contents(form))
    pieces = (text + escape(held.get(hole, "")) for text, hole in drawn)
    return HttpResponse("".join(pieces))


def _frame(request: HttpRequest) -> Frame:
    """Return what stands around the questions, on every page and all day long."""
    crisis = promises.crisis_contacts() or {}
    tablet = tuple(tablets.rest(request).items())
    return settings.CLINIC["name"], tuple(crisis.items()), settings.DEMO, tablet


@lru_cache(maxsize=1024)
def _drawn(
    protocol: Protocol,
    slug: str,
    asked: tuple[str, ...],
    live: bool,
    back: bool,
    frame: Frame,
) -> Drawn:
    """Draw a page with everything ticked and every box named; cut it at the holes."""
    page = protocol.page[slug]
    form = PageForm(page, open_items=[i for i in page.items if i.link_id in asked])
    for field in form.fields.values():
        _mark(field.widget)
    name, crisis, demo, tablet = frame
    context = {
        "page": page,
        "form": form,
        "csrf_token": _hole("csrf"),
        "back_url": _hole("back") if back else "",
        "progress": _hole("progress") if live else "",
        "start_token": _hole("start"),
        "clinic": {"name": name},
        "crisis": dict(crisis),
        "demo": demo,
        "tablet": dict(tablet),
    }
    return tuple(_cut(render_to_string(TEMPLATE, context)))


def _hole(name: str) -> str:
    return f"{OPENS}{name}{CLOSES}"


def _cut(html: str) -> Iterator[tuple[str, str]]:
    """Yield each piece of the page with the name of the hole that follows it."""
    start = 0
    for hole in _HOLE.finditer(html):
        ticks, box = hole.groups()
        end = hole.end() - len(TICKED) if ticks else hole.start()
        yield html[start:end], ticks or box
        start = hole.end()
    yield html[start:], ""


def _mark(widget: forms.Widget) -> None:
    plain = widget.get_context

    def marked(name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = plain(name, value, attrs)
        for option in _options(context["widget"]):
            option["checked"] = True
        for box in _boxes(context["widget"]):
            box["value"] = _hole(box["id"])
        return context

    widget.get_context = marked  # type: ignore[method-assign]


def _contents(form: PageForm) -> Iterator[tuple[str, str]]:
    """Yield what belongs into the holes: what is ticked, what is written."""
    for field in form:
        widget = field.field.widget
        attrs = {"id": field.auto_id}
        context = widget.get_context(field.html_name, field.value(), attrs)["widget"]
        for option in _options(context):
            if option["checked"]:
                yield option["id"], TICKED
        for box in _boxes(context):
            yield box["id"], box["value"]


def _options(widget: dict[str, Any]) -> list[dict[str, Any]]:
    return [*widget.get("options", ()), *widget.get("others", ())]


def _boxes(widget: dict[str, Any]) -> list[dict[str, Any]]:
    return widget.get("boxes") or ([widget] if "settings" in widget else [])
