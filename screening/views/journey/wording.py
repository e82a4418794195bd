"""A journey in words: the rows of the check page, and how medicines were read."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from screening.engine import words
from screening.engine.carrying import carried_rows
from screening.engine.compiled import compiled
from screening.engine.journey import Journey
from screening.engine.protocol import Item, Page

OPTIONAL = " (optional)"


def sections(journey: Journey) -> list[dict[str, Any]]:
    """Return each open page with its questions and the answers in words."""
    return [
        {
            "title": page.title.removesuffix(OPTIONAL),
            "sensitive": page.sensitive,
            "rows": [_row(journey, page, item) for item in journey.items(page)],
        }
        for page in journey.pages
    ]


def _row(journey: Journey, page: Page, item: Item) -> dict[str, Any]:
    answer = journey.answers.get(item.link_id)
    said = [day] if (day := _day(item, answer)) else words.said(item, answer)
    return {
        "question": item.text.removesuffix(OPTIONAL),
        "answer_words": said,
        "change_url": f"{reverse('page', args=[page.slug])}?change#id_{item.link_id}",
        "missing": not said and item.required,
        "is_story": words.is_story(item),
    }


def _day(item: Item, answer: object) -> str:
    """Return a date as people write it out; "" for anything else."""
    if item.type != "date" or not isinstance(answer, str):
        return ""
    try:
        day = date.fromisoformat(answer)
    except ValueError:
        return ""
    return f"{day:%B} {day.day}, {day.year}"


def rows_and_readings(
    journey: Journey, page: Page
) -> tuple[list[dict[str, Any]] | None, list[tuple[str, str, str]]]:
    """Return the rows a page starts from, and how each name in them was read."""
    group = next((i for i in journey.items(page) if i.type == "group"), None)
    if group is None:
        return None, []
    rows: Any = journey.answers.get(group.link_id)
    rows = list(rows) if rows else carried_rows(journey, group)
    name = next((f.link_id for f in group.fields if f.role == "name"), "")
    return rows, [reading(journey, str(row.get(name, ""))) for row in rows]


def reading(journey: Journey, typed: str) -> tuple[str, str, str]:
    """Return (state, name as we read it, candidate) for a typed medicine name."""
    read = compiled(journey.protocol).formulary.read(typed)
    name = read.medicine.name if read.medicine else ""
    full = f"{name} ({read.matched})" if name and read.matched != name else name
    if read.state == "known":
        return "known", full, ""
    return read.state.value, "", read.matched


def is_under_18(born: object) -> bool:
    """Tell whether the birth date given is of somebody under 18 today."""
    try:
        born_on = date.fromisoformat(str(born))
    except ValueError:
        return False
    today = timezone.localdate()
    return (today.year - born_on.year) - (
        (today.month, today.day) < (born_on.month, born_on.day)
    ) < 18
