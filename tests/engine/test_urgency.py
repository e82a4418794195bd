"""Red answers: each that counts is found, new ones are told, none is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from screening.engine.journey import Journey
from screening.engine.protocol import Kind
from screening.engine.urgency import WITHDRAWN, Red, fresh, red_answers, withdrawn
from tests.engine.making import choice, criterion, protocol, rule, walk

RECENT = choice("recent", gate=rule(("attempt", "=", "yes")))
MADE = protocol(
    (choice("wish"), choice("attempt", can_decline=True)),
    RECENT,
    choice(WITHDRAWN, "yes", hidden=True),
    safety=[
        criterion(
            "u-wish",
            Kind.URGENT,
            [("wish", "=", "yes"), ("attempt", "=", "yes")],
            tier="a",
        ),
        criterion(
            "u-recent",
            Kind.URGENT,
            ("attempt", "=", "yes"),
            ("recent", "=", "yes"),
            tier="b",
        ),
        criterion("u-withdrawn", Kind.URGENT, (WITHDRAWN, "=", "yes"), tier="a"),
        criterion("c-wish", Kind.CAUTION, ("wish", "=", "no")),
    ],
)


def reds(**answers: Any) -> list[tuple[str, str]]:
    return [(red.criterion, red.link_id) for red in red_answers(walk(MADE, **answers))]


def seen(journey: Journey) -> list[Red]:
    return red_answers(journey)


def test_each_answer_that_makes_an_urgent_criterion_hold_is_red() -> None:
    assert reds(wish="yes") == [("u-wish", "wish")]
    assert reds(wish="yes", attempt="yes") == [
        ("u-wish", "wish"),
        ("u-wish", "attempt"),
    ]
    assert reds(wish="no", attempt="no") == []
    assert reds() == []


def test_all_groups_must_hold_before_an_answer_is_red() -> None:
    assert ("u-recent", "recent") not in reds(attempt="yes")
    assert reds(attempt="yes", recent="yes")[1:] == [
        *(("u-recent", "attempt"), ("u-recent", "recent"))
    ]


def test_an_answer_on_a_closed_page_is_not_red_any_more() -> None:
    assert reds(wish="no", attempt="no", recent="yes") == []


def test_a_red_answer_carries_its_words_and_its_tier() -> None:
    assert seen(walk(MADE, wish="yes")) == [Red("wish", "yes", "a", "u-wish")]


def test_the_mark_of_a_withdrawn_answer_is_no_answer_of_the_patient() -> None:
    assert reds(**{WITHDRAWN: "yes"}) == []


def test_an_answer_taken_back_or_closed_is_withdrawn_with_what_it_was() -> None:
    before = seen(walk(MADE, wish="yes", attempt="yes", recent="yes"))
    after = walk(MADE, wish="yes", attempt="no", recent="yes")
    assert withdrawn(before, after) == {"attempt": "yes", "recent": "yes"}
    assert withdrawn(before, walk(MADE)) == {
        **{"wish": "yes", "attempt": "yes", "recent": "yes"}
    }


def test_an_answer_that_is_still_red_is_not_withdrawn() -> None:
    before = seen(walk(MADE, wish="yes"))
    assert withdrawn(before, walk(MADE, wish="yes", attempt="yes")) == {}


def test_fresh_are_the_red_answers_that_were_not_there_before() -> None:
    before = seen(walk(MADE, wish="yes"))
    after = seen(walk(MADE, wish="yes", attempt="yes"))
    assert [red.link_id for red in fresh(before, after)] == ["attempt"]
    assert fresh(after, after) == []
    assert fresh([], before) == before


def test_another_answer_to_the_same_question_is_fresh() -> None:
    before = [Red("item", "several-days", "a", "u-item")]
    after = [Red("item", "nearly-every-day", "a", "u-item")]
    assert fresh(before, after) == after
    assert fresh([Red("item", None, "a", "u-item")], before) == before


def _newer(*criteria: Any) -> Any:
    items = (choice("wish"), choice("attempt"), choice("unheard-of"))
    return protocol(items, safety=criteria)


def test_newer_urgent_criteria_judge_the_answers_of_an_older_protocol() -> None:
    also = criterion("u-no-wish", Kind.URGENT, ("wish", "=", "no"), tier="c")
    found = red_answers(walk(MADE, wish="no"), _newer(also))
    assert found == [Red("wish", "no", "c", "u-no-wish")]
    assert withdrawn(found, walk(MADE, wish="no"), _newer(also)) == {}
    assert withdrawn(found, walk(MADE, wish="no")) == {"wish": "no"}


def test_a_newer_criterion_about_what_was_never_asked_is_left_out() -> None:
    odd = criterion("u-odd", Kind.URGENT, ("unheard-of", "=", "yes"), tier="c")
    assert red_answers(walk(MADE, wish="yes"), _newer(odd)) == seen(
        walk(MADE, wish="yes")
    )


def test_a_newer_criterion_that_says_the_same_is_not_told_twice() -> None:
    same = replace(MADE.safety[0], code="u-same")
    assert len(red_answers(walk(MADE, wish="yes"), _newer(same))) == 1
    sooner = replace(same, tier="c")
    assert len(red_answers(walk(MADE, wish="yes"), _newer(sooner))) == 2
