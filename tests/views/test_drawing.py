"""A page drawn by filling holes is, letter for letter, the page drawn anew."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.test import RequestFactory

from screening.engine.document import read_directory
from screening.engine.protocol import DECLINED, NOT_APPLICABLE, NOT_KNOWN, Item, Page
from screening.forms.page import PageForm
from screening.views.journey import drawing
from tests.golden import KETAMINE, protocol

HOSTILE = (
    '"><script>alert(1)</script>',
    'it\'s <b>5 > 4</b> & "more"',
    ' checked id="id_phq9-1" checked',
    f"{drawing.OPENS}id_full-name{drawing.CLOSES}",
    "{{ form }} {% csrf_token %}",
    "two\nlines",
)
SHOWN = [page for page in protocol().pages if not page.items[0].hidden]
PAGES = [page for page in SHOWN if all(item.type != "group" for item in page.items)]
OUTSIDE = {
    "back_url": "/page/before/?a&b",
    "progress": "You & yours. Part 2 of about 9",
}
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


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    """A patient's request that carries its token already, so that it stays the same."""
    request = rf.get("/page/any/")
    request.user = AnonymousUser()
    request.META["CSRF_COOKIE"] = "a" * 32
    return request


def short_way(request: HttpRequest, form: PageForm) -> str:
    shown = drawing.page(request, protocol(), form, **OUTSIDE)
    assert not isinstance(shown, TemplateResponse)
    return without_token(shown.content.decode())


def long_way(request: HttpRequest, form: PageForm) -> str:
    context = {"page": form.page, "form": form}
    drawn_anew = render_to_string(drawing.TEMPLATE, context | OUTSIDE, request)
    return without_token(drawn_anew)


def without_token(html: str) -> str:
    """Leave out the token: each page masks it anew."""
    found = re.findall(r'name="csrfmiddlewaretoken" value="(\w{64})"', html)
    assert len(found) == 1
    return html.replace(found[0], "token")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_a_filled_page_is_the_page_drawn_anew(
    request_: HttpRequest, page: Page
) -> None:
    for answers in sheets(page):
        anew = long_way(request_, form(page, answers))
        assert short_way(request_, form(page, answers)) == anew


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_a_page_with_fewer_questions_is_drawn_for_itself(
    request_: HttpRequest, page: Page
) -> None:
    for item in page.items:
        anew = long_way(request_, PageForm(page, open_items=[item]))
        assert short_way(request_, PageForm(page, open_items=[item])) == anew


def test_the_first_page_knows_of_no_progress(request_: HttpRequest) -> None:
    page = protocol().pages[0]
    context = {"page": page, "form": form(page, {}), "back_url": "/"}
    shown = drawing.page(request_, protocol(), form(page, {}), back_url="/")
    anew = render_to_string(drawing.TEMPLATE, context, request_)
    assert without_token(shown.content.decode()) == without_token(anew)


def test_another_clinic_draws_its_own_pages(
    request_: HttpRequest, settings: Any
) -> None:
    page = protocol().page["phq9-a"]
    assert "North Clinic" not in short_way(request_, form(page, {}))
    settings.CLINIC = settings.CLINIC | {"name": "North Clinic", "region": "nowhere"}
    assert "North Clinic" in short_way(request_, form(page, {}))
    assert short_way(request_, form(page, {})) == long_way(request_, form(page, {}))


def test_each_request_gets_a_token_of_its_own(rf: RequestFactory) -> None:
    page, pages = protocol().page["phq9-a"], set()
    for _ in range(2):
        shown = drawing.page(rf.get("/"), protocol(), form(page, {}), **OUTSIDE)
        pages.add(shown.content)
    assert len(pages) == 2


def test_one_patients_answers_never_show_on_anothers_page(
    request_: HttpRequest,
) -> None:
    page = protocol().page["about-contact"]
    secret = {item.link_id: "only mine" for item in page.items if item.type == "text"}
    assert "only mine" in short_way(request_, form(page, secret))
    assert "only mine" not in short_way(request_, form(page, {}))


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_was_typed_is_escaped(request_: HttpRequest, typed: str) -> None:
    page = next(p for p in PAGES if any(i.type == "text" for i in p.items))
    texts = {item.link_id: typed for item in page.items if item.type == "text"}
    html = short_way(request_, form(page, texts))
    assert "<script>alert" not in html and "<b>5" not in html


def test_errors_are_drawn_anew(rf: RequestFactory) -> None:
    page = protocol().page["phq9-a"]
    amiss = form(page, {}, data={"action": "continue"})
    shown = drawing.page(rf.post("/"), protocol(), amiss, **OUTSIDE)
    assert isinstance(shown, TemplateResponse)
    assert shown.status_code == 422


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.slug)
def test_a_list_that_grows_is_drawn_anew(rf: RequestFactory, page: Page) -> None:
    shown = drawing.page(rf.get("/"), protocol(), form(page, {}), **OUTSIDE)
    assert isinstance(shown, TemplateResponse)
    assert shown.status_code == 200


def test_no_word_of_the_protocol_looks_like_a_hole() -> None:
    words = json.dumps(read_directory(KETAMINE), ensure_ascii=False)
    assert drawing.OPENS not in words and drawing.CLOSES not in words
