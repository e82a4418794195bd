"""Which pages are asked, in which order, and which answers count."""

from __future__ import annotations

from typing import Any

import pytest

from screening.engine.facts import NOT_ASKED
from screening.engine.journey import Journey
from screening.engine.protocol import Page
from tests.engine.making import (
    AS_OF,
    DECLINED_ANSWER,
    asks,
    choice,
    protocol,
    rule,
    scored,
    ticks,
    total,
    walk,
)

NEEDED: dict[str, Any] = {"required": True}
# Page 0 opens page 1, page 1 opens page 2; page 3 is for everyone.
CHAIN = protocol(
    choice("first", **NEEDED),
    choice("second", gate=rule(("first", "=", "yes")), **NEEDED),
    choice("third", gate=rule(("second", "=", "yes"))),
    (choice("last", **NEEDED), asks("note", "text")),
)


def slugs(journey: Journey) -> list[str]:
    return [page.slug for page in journey.pages]


def slug_of(page: Page | None) -> str | None:
    return page.slug if page else None


def test_a_gate_that_holds_opens_its_page() -> None:
    journey = walk(CHAIN, first="yes")
    assert slugs(journey) == ["page-0", "page-1", "page-3"]
    assert set(journey.open) == {"first", "second", "last", "note"}
    assert journey.facts["second"] is None


def test_a_gate_that_fails_closes_its_page_for_certain() -> None:
    journey = walk(CHAIN, first="no")
    assert slugs(journey) == ["page-0", "page-3"]
    assert journey.closed == {"second", "third"}
    assert journey.facts["second"] is NOT_ASKED


@pytest.mark.parametrize("unsaid", [None, DECLINED_ANSWER, "maybe", 3])
def test_a_gate_that_is_unknown_closes_its_page_for_now(unsaid: Any) -> None:
    journey = walk(CHAIN, first=unsaid)
    assert slugs(journey) == ["page-0", "page-3"]
    assert journey.closed == set()
    assert journey.facts["second"] is None


def test_an_answer_on_a_closed_page_opens_nothing_and_counts_nowhere() -> None:
    for first in ("no", None):
        journey = walk(CHAIN, first=first, second="yes", third="yes")
        assert slugs(journey) == ["page-0", "page-3"]
        assert "second" not in journey.answers
    assert slugs(walk(CHAIN, first="yes", second="yes"))[2] == "page-2"


def test_different_from_opens_nothing_while_there_is_no_answer() -> None:
    gated = choice("gated", gate=rule(("first", "!=", "yes")))
    made = protocol(choice("first"), gated)
    assert slugs(walk(made)) == ["page-0"]
    assert slugs(walk(made, first="no")) == ["page-0", "page-1"]


def test_a_score_opens_a_page_only_once_it_is_certain() -> None:
    gated = choice("gated", gate=rule(("sum", ">=", 3)))
    items = (scored("one"), scored("two"))
    made = protocol(items, gated, scores=[total("sum", "one", "two")])
    assert "gated" not in walk(made, one="often").open
    assert "gated" in walk(made, one="often", two="often").open
    assert "gated" in walk(made, one="never").closed


def test_one_page_can_show_some_of_its_questions() -> None:
    gate = rule(("first", "=", "yes"))
    made = protocol(choice("first"), (choice("one", gate=gate), choice("two")))
    closed, opened = walk(made, first="no"), walk(made, first="yes")
    page = made.page["page-1"]
    assert [item.link_id for item in closed.items(page)] == ["two"]
    assert [item.link_id for item in opened.items(page)] == ["one", "two"]


def test_a_hidden_question_is_never_shown_and_counts_once_it_is_set() -> None:
    made = protocol(choice("first"), choice("call", hidden=True))
    unset, called = walk(made), walk(made, call="yes")
    assert slugs(unset) == slugs(called) == ["page-0"]
    assert unset.facts["call"] is NOT_ASKED
    assert "call" in unset.closed
    assert called.facts["call"] == "yes"
    assert called.answers == {"call": "yes"}
    assert called.items(made.page["page-1"]) == ()


def test_answers_that_count_are_open_right_and_as_they_were_given() -> None:
    given = {"first": "yes", "second": 3, "third": "yes", "last": DECLINED_ANSWER}
    journey = walk(CHAIN, **given, note="", stranger="x")
    assert journey.answers == {"first": "yes", "last": DECLINED_ANSWER}
    assert journey.problems == ["second: not one of the options"]


def test_a_draft_that_changes_does_not_change_the_walk() -> None:
    draft = {"first": "yes"}
    journey = Journey(CHAIN, draft, AS_OF)
    draft["first"] = "no"
    assert journey.answers == {"first": "yes"}
    assert slugs(journey)[1] == "page-1"


def test_missing_are_the_required_questions_without_an_answer() -> None:
    journey = walk(CHAIN, first="yes")
    missing = [item.link_id for page in CHAIN.pages for item in journey.missing(page)]
    assert missing == ["second", "last"]
    assert slug_of(journey.first_incomplete) == "page-1"
    assert not journey.is_complete


def test_declining_completes_and_a_wrong_answer_does_not() -> None:
    assert walk(CHAIN, first=DECLINED_ANSWER, last="no").is_complete
    assert not walk(CHAIN, first="maybe", last="no").is_complete
    assert walk(CHAIN, first="no", last="no").first_incomplete is None


def test_a_page_may_be_visited_up_to_the_first_that_lacks_an_answer() -> None:
    journey = walk(CHAIN, first="yes")
    allowed = [page.slug for page in CHAIN.pages if journey.may_visit(page.slug)]
    assert allowed == ["page-0", "page-1"]
    assert not journey.may_visit("nowhere")


def test_every_open_page_may_be_visited_once_all_is_answered() -> None:
    journey = walk(CHAIN, first="no", last="yes")
    allowed = [page.slug for page in CHAIN.pages if journey.may_visit(page.slug)]
    assert allowed == ["page-0", "page-3"]


def test_next_and_previous_pass_over_closed_pages() -> None:
    journey = walk(CHAIN, first="yes")
    after = [slug_of(journey.next_page(page.slug)) for page in CHAIN.pages]
    before = [slug_of(journey.previous_page(page.slug)) for page in CHAIN.pages]
    assert after == ["page-1", "page-3", "page-3", None]
    assert before == [None, "page-0", "page-1", "page-1"]


def test_progress_counts_the_sections_that_may_be_asked() -> None:
    assert walk(CHAIN, first="yes").progress("page-0") == (1, 2)
    assert walk(CHAIN, first="yes").progress("page-1") == (1, 2)
    assert walk(CHAIN, first="yes").progress("page-3") == (2, 2)


def test_progress_leaves_out_what_is_closed_for_certain() -> None:
    gate = rule(("first", "=", "yes"))
    items = [choice(f"gated-{n}", gate=gate) for n in range(3)]
    made = protocol(choice("first"), choice("calm"), *items[:2], choice("last"))
    assert walk(made, first="no").progress("page-4") == (2, 2)
    assert walk(made).progress("page-4") == (3, 3)
    assert walk(made, first="no").progress("page-2") == (1, 2)


def test_progress_does_not_count_what_is_never_shown() -> None:
    hidden = (choice("call", hidden=True), choice("taken-back", hidden=True))
    made = protocol(choice("first"), choice("last"), hidden)
    assert walk(made, call="yes").progress("page-0") == (1, 1)


def test_a_question_with_several_ticks_opens_by_any_of_them() -> None:
    gate = rule([("why", "=", "a"), ("why", "=", "b")])
    made = protocol(ticks("why", "a", "b", "c"), choice("gated", gate=gate))
    assert "gated" in walk(made, why=["b", "c"]).open
    assert "gated" in walk(made, why=["c"]).closed
    assert "gated" not in walk(made, why=["c", "asked-unknown"]).closed
