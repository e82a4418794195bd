"""A page's controls as a browser would post them, if nothing or little was touched."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.test import Client


class Boxes(HTMLParser):
    """What a browser would post if nothing was touched."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.posted: dict[str, Any] = {}
        self.inside = self.select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = str(found.get("name", ""))
        if tag == "input" and found.get("type") == "checkbox":
            if "checked" in found:
                ticked = self.posted.setdefault(name, [])
                ticked.append(str(found["value"]))
        elif tag == "input":
            self.posted[name] = found.get("value") or ""
        elif tag == "textarea":
            self.inside, self.posted[name] = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option":
            # A browser posts the first option where none is chosen.
            self.posted.setdefault(self.select, str(found["value"]))
            if "selected" in found:
                self.posted[self.select] = str(found["value"])

    def handle_data(self, text: str) -> None:
        if self.inside:
            self.posted[self.inside] += text.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.inside = ""


def boxes(desk: Client, path: str) -> dict[str, Any]:
    return Boxes(desk.get(path).content.decode()).posted


def press(desk: Client, path: str, action: str = "save", **typed: Any):  # type: ignore[no-untyped-def]
    changed = {name.replace("__", "-"): value for name, value in typed.items()}
    return desk.post(path, boxes(desk, path) | changed | {"action": action})
