"""A page's questions, drawn once with holes in them; each request fills the holes.

A published page never changes: only what is ticked and what is written in its boxes
does. Drawing it anew for each patient takes most of a request. Errors and growing
lists are drawn the long way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from crispy_forms.utils import render_crispy_form
from django import forms
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from screening.engine.protocol import Protocol
from screening.forms.page import PageForm

# Characters for private use stand around the name of a hole; no question holds them.
OPENS, CLOSES = "\ue000", "\ue001"
TICKED = " checked"
_HOLE = re.compile(rf'(?<= id=")([^"]+)"{TICKED}|{OPENS}([^{CLOSES}]+){CLOSES}')

Drawn = tuple[tuple[str, str], ...]


def draw(protocol: Protocol, form: PageForm) -> SafeString | None:
    """Return the questions of a form as HTML; None where there is no short way."""
    if form.is_bound or form.group:
        return None
    shown = tuple(item.link_id for item in form.items)
    held = dict(_contents(form))
    drawn = _drawn(protocol, form.page.slug, shown)
    # What is joined was escaped: by a template when it was drawn, or just now.
    return mark_safe("".join(text + held.get(hole, "") for text, hole in drawn))


@lru_cache(maxsize=1024)
def _drawn(protocol: Protocol, slug: str, shown: tuple[str, ...]) -> Drawn:
    """Draw a page with everything ticked and every box named; cut it at the holes."""
    page = protocol.page[slug]
    items = [item for item in page.items if item.link_id in shown]
    form = PageForm(page, open_items=items)
    for field in form.fields.values():
        _mark(field.widget)
    return tuple(_cut(render_crispy_form(form)))


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
            box["value"] = f"{OPENS}{box['id']}{CLOSES}"
        return context

    widget.get_context = marked  # type: ignore[method-assign]


def _contents(form: PageForm) -> Iterator[tuple[str, str]]:
    """Yield what belongs into each hole: what is ticked, what is written."""
    for field in form:
        widget = field.field.widget
        attrs = {"id": field.auto_id}
        context = widget.get_context(field.html_name, field.value(), attrs)["widget"]
        for option in _options(context):
            if option["checked"]:
                yield option["id"], TICKED
        for box in _boxes(context):
            yield box["id"], escape(box["value"])


def _options(widget: dict[str, Any]) -> list[dict[str, Any]]:
    return [*widget.get("options", ()), *widget.get("others", ())]


def _boxes(widget: dict[str, Any]) -> list[dict[str, Any]]:
    return widget.get("boxes") or ([widget] if "settings" in widget else [])
