"""Three kinds of patients: a short journey, one that raises alerts, one with lists."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import cache
from typing import Any

from screening.engine.journey import Journey
from tests.golden import VIGNETTES, protocol, vignette
from tests.walking import posted, rows_posted

ALARMING = "p95-something-else-with-thoughts-of-suicide"
LISTING = "p65-many-medicines-list-not-complete"
YOUNG = "p53-hears-voices-at-seventeen"
KINDS = (YOUNG, YOUNG, YOUNG, ALARMING, LISTING)


def somebody(name: str, chance: random.Random) -> dict[str, Any]:
    return answers_of(chance.choice(KINDS)) | {"full-name": name}


def young(name: str) -> dict[str, Any]:
    """Return the answers that take the fewest pages."""
    return answers_of(YOUNG) | {"full-name": name}


@cache
def answers_of(slug: str) -> dict[str, Any]:
    answers = dict(vignette(VIGNETTES / f"{slug}.toml").answers)
    if slug == YOUNG:
        answers["birth-date"] = (date.today() - timedelta(days=6000)).isoformat()
    return answers


def posts(slug: str, answers: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a browser posts on a page: each row of its list, then the page."""
    page = protocol().page[slug]
    return [*rows_posted(page, answers), posted(page, answers)]


def said_on(slug: str, answers: dict[str, Any]) -> dict[str, Any]:
    """Return what must be there once the page was acknowledged: what was asked."""
    asked = Journey(protocol(), answers, date.today()).answers
    items = protocol().page[slug].items
    return {i.link_id: asked[i.link_id] for i in items if i.link_id in asked}


def first_page() -> str:
    return protocol().pages[0].slug
