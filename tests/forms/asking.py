"""Items, pages and posts for the form tests, and what a browser would make of them."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory

from screening.engine.protocol import Item, Option, Page
from screening.forms.page import PageForm

SOME = (Option("low", "Low mood"), Option("pain", "Pain"))
FEW = (Option("not-at-all", "Not at all"), Option("several-days", "Several days"))
VOID = {"input", "br", "meta", "link", "path", "circle"}


def item(kind: str, link_id: str = "q", **settings: Any) -> Item:
    settings.setdefault("required", True)
    return Item(link_id=link_id, type=kind, text=f"About {link_id}?", **settings)


def choice(link_id: str = "q", **settings: Any) -> Item:
    return item("choice", link_id, **{"options": SOME, **settings})


def ticks(link_id: str = "q", **settings: Any) -> Item:
    options = (*SOME, Option("none", "None of these"))
    return item("multi-choice", link_id, **{"options": options, **settings})


def page(*items: Item, **settings: Any) -> Page:
    fixed = {"slug": "a-page", "section": "part", "section_title": "A part"}
    return Page(items=items, **{"title": "A page", **fixed, **settings})


def post(**values: Any) -> QueryDict:
    """Post names with underscores for hyphens; lists are posted value by value."""
    posted = QueryDict(mutable=True)
    for name, value in {"action": "continue", **values}.items():
        texts = value if isinstance(value, list) else [value]
        posted.setlist(name.replace("_", "-"), texts)
    return posted


def asked(*items: Item, **settings: Any) -> PageForm:
    return PageForm(page(*items), open_items=items, **settings)


def said(one: Item, **values: Any) -> PageForm:
    return asked(one, data=post(**values))


class Tags(HTMLParser):
    """Every element as (tag, attributes), and the tags that enclose each id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.first_inside: dict[int, str] = {}
        self.open: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.open:
            self.first_inside.setdefault(self.open[-1], tag)
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(len(self.found) - 1)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            opened, _ = self.found[self.open.pop()]
            assert opened == tag, f"<{opened}> is closed by </{tag}>"

    def all(self, tag: str = "", **attributes: str) -> list[dict[str, str | None]]:
        wanted = {name.replace("_", "-"): v for name, v in attributes.items()}
        return [
            attrs
            for name, attrs in self.found
            if tag in ("", name) and all(attrs.get(k) == v for k, v in wanted.items())
        ]

    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.found if "id" in attrs]


def drawn(form: PageForm, **context: Any) -> str:
    shown = {"page": form.page, "form": form, "progress": "A part", **context}
    request = RequestFactory().get("/")
    return render_to_string("screening/patient/page.html", shown, request=request)
