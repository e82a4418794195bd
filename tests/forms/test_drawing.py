"""A page drawn by filling holes is, letter for letter, the page drawn anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from crispy_forms.utils import render_crispy_form

from screening.engine.document import read_directory
from screening.engine.protocol import DECLINED, NOT_APPLICABLE, NOT_KNOWN, Item, Page
from screening.forms.drawing import CLOSES, OPENS, draw
from screening.forms.page import PageForm
from tests.golden import KETAMINE, protocol

HOSTILE = (
    '"><script>alert(1)</script>',
    'it\'s <b>5 > 4</b> & "more"',
    ' checked id="id_phq9-1" checked',
    f"{OPENS}id_full-name{CLOSES}",
    "{{ form }} {% csrf_token %}",
    "two\nlines",
)
SHOWN = [page for page in protocol().pages if not page.items[0].hidden]
PAGES = [page for page in SHOWN if all(item.type != "group" for item in page.items)]
LISTS = [page for page in SHOWN if page not in PAGES]


def answers_to(item: Item) -> Iterator[Any]:
    """Yield answers of every shape that the question takes, and none."""
    yield from (None, {"absent": DECLINED}, {"absent": NOT_KNOWN}, NOT_APPLICABLE)
    if item.type == "boolean":
        yield from (True, False)
    elif item.type == "choice":
        yield from (option.code for option in item.options)
    elif item.type == "multi-choice":
        yield [option.code for option in item.options]
        yield [item.options[0].code, NOT_KNOWN]
    elif item.type in ("integer", "decimal"):
        yield from (0, 2.5, 1e6)
    elif item.type == "date":
        yield from ("1984-05-01", "not a date")
    else:
        yield from HOSTILE


def sheets(page: Page) -> Iterator[dict[str, Any]]:
    """Yield answers to the whole page until each question gave every one of its own."""
    shapes = {item.link_id: list(answers_to(item)) for item in page.items}
    for number in range(max(map(len, shapes.values()))):
        yield {name: each[number % len(each)] for name, each in shapes.items()}


def form(page: Page, answers: dict[str, Any], **posted: Any) -> PageForm:
    return PageForm(page, open_items=page.items, answers=answers, **posted)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_a_filled_page_is_the_page_drawn_anew(page: Page) -> None:
    for answers in sheets(page):
        drawn_anew = render_crispy_form(form(page, answers))
        assert draw(protocol(), form(page, answers)) == drawn_anew


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_a_page_with_fewer_questions_is_drawn_for_itself(page: Page) -> None:
    for item in page.items:
        alone = [PageForm(page, open_items=[item]) for _ in range(2)]
        assert draw(protocol(), alone[0]) == render_crispy_form(alone[1])


def test_one_patients_answers_never_show_on_anothers_page() -> None:
    page = protocol().page["about-contact"]
    secret = {item.link_id: "only mine" for item in page.items if item.type == "text"}
    assert "only mine" in str(draw(protocol(), form(page, secret)))
    assert "only mine" not in str(draw(protocol(), form(page, {})))


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_was_typed_is_escaped(typed: str) -> None:
    page = next(p for p in PAGES if any(i.type == "text" for i in p.items))
    texts = {item.link_id: typed for item in page.items if item.type == "text"}
    html = str(draw(protocol(), form(page, texts)))
    assert "<script>" not in html and "<b>" not in html


def test_errors_are_drawn_anew() -> None:
    page = protocol().page["phq9-a"]
    assert draw(protocol(), form(page, {}, data={"action": "continue"})) is None
    assert draw(protocol(), form(page, {}, data={"phq9-1": "not-at-all"})) is None


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.slug)
def test_a_list_that_grows_is_drawn_anew(page: Page) -> None:
    assert draw(protocol(), form(page, {})) is None


def test_no_word_of_the_protocol_looks_like_a_hole() -> None:
    words = json.dumps(read_directory(KETAMINE), ensure_ascii=False)
    assert OPENS not in words and CLOSES not in words
