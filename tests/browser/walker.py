"""A patient at a browser: taps, types and reads what is on the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page as Tab

from screening.engine.protocol import Item, Page, Protocol
from tests.browser.conftest import press

Answers = Mapping[str, Any]
BOXED = ("text", "date", "decimal", "lookup")


@dataclass
class Patient:
    """Answers every page that opens, from what a golden patient would say."""

    tab: Tab
    base: str
    protocol: Protocol
    answers: Answers
    seen: list[str] = field(default_factory=list)

    def begin(self) -> None:
        self.tab.goto(self.base)
        self.tab.get_by_role("link", name="Start", exact=True).click()
        self.answer(self.protocol.pages[0])
        assert self.path != "/begin/", self.tab.inner_text("main")

    def walk(self) -> Iterator[str]:
        """Answer page by page until the check page; yield each address on arrival."""
        while True:
            path = self.path
            assert not self.seen or path != self.seen[-1], self.tab.inner_text("main")
            self.seen.append(path)
            yield path
            if path == "/check/":
                return
            if path == "/help-now/":
                self.press("Go on")
            else:
                self.answer(self.protocol.page[path.split("/")[2]])

    @property
    def path(self) -> str:
        return "/" + self.tab.url.removeprefix(self.base).lstrip("/").split("?")[0]

    def answer(self, page: Page) -> None:
        for item in page.items:
            raw = self.answers.get(item.link_id)
            if item.type == "group":
                self._rows(item, raw or [])
            elif raw is not None and not item.hidden:
                self._say(item, raw)
        self.press("Continue")

    def press(self, button: str) -> None:
        press(self.tab.get_by_role("button", name=button, exact=True).last)

    def _rows(self, group: Item, rows: list[Answers]) -> None:
        if not self.tab.locator(f"[name='row-{group.fields[0].link_id}']").count():
            return
        for row in rows:
            for each in group.fields:
                if row.get(each.link_id) is not None:
                    self._say(each, row[each.link_id], prefix="row-")
            press(self.tab.locator("button[value=add]"))

    def _say(self, item: Item, raw: Any, prefix: str = "") -> None:
        name = prefix + item.link_id
        if not self.tab.locator(f"[name^='{name}']").count():
            return
        if isinstance(raw, dict):
            boxed = self.tab.locator(f"[name='{name}-instead']").count()
            self._tick(f"{name}-instead" if boxed else name, raw["absent"])
        elif item.type == "date":
            for part, text in zip(
                ("year", "month", "day"), raw.split("-"), strict=True
            ):
                self.tab.fill(f"[name='{name}-{part}']", text)
        elif isinstance(raw, list):
            for code in raw:
                self._tick(name, code)
        elif isinstance(raw, bool):
            self._tick(name, "true" if raw else "false")
        elif self.tab.locator(f"[name='{name}'][value='{raw}']").count():
            self._tick(name, raw)
        else:
            self.tab.fill(f"[name='{name}']", str(raw))

    def _tick(self, name: str, value: Any) -> None:
        self.tab.locator(f"[name='{name}'][value='{value}']").check()
