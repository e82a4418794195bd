"""A served clinic with its protocol published, and a phone to open it with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator
from playwright.sync_api import Page as Tab

from screening.models import Protocol

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}

Opens = Callable[..., Tab]


def press(found: Locator) -> None:
    """Press what leads to another page, and wait until it is there: a click may not."""
    with found.page.expect_navigation():
        found.click()


@pytest.fixture
def clinic(transactional_db: None, protocol: Protocol, live_server: Any) -> str:
    """The address of a running server on a database with the shipped protocol."""
    return str(live_server.url)


@pytest.fixture
def tab(browser: Browser) -> Iterator[Opens]:
    """Open a tab; whatever the page asks of another host or logs as an error fails."""
    contexts, faults = [], []

    def opens(viewport: dict[str, int] = PHONE, **options: Any) -> Tab:
        context = browser.new_context(viewport=viewport, **options)
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda said: said.type == "error" and faults.append(said.text)
        )
        return page

    yield opens
    for context in contexts:
        context.close()
    assert [fault for fault in faults if "Content Security" in fault] == []
