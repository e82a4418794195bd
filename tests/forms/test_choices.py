"""Choosing: what is ticked is kept, and what was never offered is not."""

from __future__ import annotations

import pytest

from screening.engine.protocol import Option
from tests.forms.asking import asked, choice, item, post, said, ticks

DECLINED = {"absent": "asked-declined"}
NOT_KNOWN = {"absent": "asked-unknown"}


def test_a_choice_answers_with_its_code() -> None:
    form = said(choice(), q="pain")
    assert form.is_valid() and form.answers == {"q": "pain"}


def test_yes_and_no_answer_with_booleans() -> None:
    assert said(item("boolean"), q="true").answers == {"q": True}
    assert said(item("boolean"), q="false").answers == {"q": False}


def test_no_is_an_answer_and_not_a_gap() -> None:
    form = said(item("boolean"), q="false")
    assert form.is_valid() and form.cleared == set()


def test_nothing_is_chosen_beforehand() -> None:
    for one in (item("boolean"), choice(), ticks()):
        assert " checked" not in str(asked(one)["q"])


@pytest.mark.parametrize("code", ["other", "asked-unknown", "asked-declined", "LOW"])
def test_a_forged_code_is_an_error_and_is_not_kept(code: str) -> None:
    form = said(choice(), q=code)
    assert form.errors["q"] == ["Choose one of the answers on this page."]
    assert form.answers == {} and form.cleared == set()


def test_declining_and_not_knowing_are_answers() -> None:
    one = choice(can_decline=True, can_be_unknown=True)
    assert said(one, q="asked-declined").answers == {"q": DECLINED}
    assert said(one, q="asked-unknown").answers == {"q": NOT_KNOWN}


def test_not_applicable_is_a_plain_answer() -> None:
    one = choice(not_applicable="I do not work")
    assert said(one, q="not-applicable").answers == {"q": "not-applicable"}


def test_a_required_choice_says_which_ways_out_there_are() -> None:
    form = said(choice(can_decline=True))
    assert form.errors["q"] == ["Choose an answer, or choose “I would rather not say”."]
    assert said(choice()).errors["q"] == ["Choose an answer."]


def test_an_optional_question_may_stay_empty_and_counts_as_cleared() -> None:
    form = said(choice(required=False))
    assert form.is_valid() and form.cleared == {"q"} and form.answers == {}


def test_the_answers_that_can_be_read_outlive_the_errors_beside_them() -> None:
    form = asked(choice("one"), choice("two"), data=post(one="pain"))
    assert not form.is_valid() and form.answers == {"one": "pain"}


def test_an_item_that_is_not_open_is_not_read() -> None:
    assert said(choice(), q="pain", hidden_thing="yes").answers == {"q": "pain"}
    assert asked(choice(hidden=True), data=post(q="pain")).answers == {}


def test_zero_to_ten_are_radios_and_zero_is_an_answer() -> None:
    one = item("integer", minimum=0, maximum=10)
    assert said(one, q="0").answers == {"q": 0}
    assert str(asked(one)["q"]).count('type="radio"') == 11
    assert said(one, q="11").answers == {}


def test_ticks_come_in_the_order_of_the_page_without_repeats() -> None:
    assert said(ticks(), q=["pain", "low", "pain"]).answers == {"q": ["low", "pain"]}


def test_none_of_these_is_an_answer_by_itself() -> None:
    form = said(ticks(), q=["none"])
    assert form.is_valid() and form.answers == {"q": ["none"]}


def test_none_and_a_tick_is_an_error_that_keeps_the_tick() -> None:
    form = said(ticks(), q=["none", "pain"])
    assert form.errors["q"] == [
        "You ticked “None of these” and something else. Choose one or the other."
    ]
    assert form.answers == {"q": ["pain"]}
    assert str(form["q"]).count(" checked") == 2


def test_declining_and_a_tick_is_an_error_that_keeps_the_tick() -> None:
    form = said(ticks(can_decline=True), q=["asked-declined", "low"])
    assert not form.is_valid() and form.answers == {"q": ["low"]}


def test_not_knowing_stands_beside_ticks_where_it_may() -> None:
    form = said(ticks(can_be_unknown=True), q=["low", "asked-unknown"])
    assert form.is_valid() and form.answers == {"q": ["low", "asked-unknown"]}


def test_not_knowing_stands_alone_where_it_must() -> None:
    one = ticks(can_be_unknown=True, unknown_is_exclusive=True)
    form = said(one, q=["low", "asked-unknown"])
    assert not form.is_valid() and form.answers == {"q": ["low"]}
    assert said(one, q=["asked-unknown"]).answers == {"q": NOT_KNOWN}


def test_none_never_outlives_not_knowing() -> None:
    form = said(ticks(can_be_unknown=True), q=["none", "asked-unknown"])
    assert not form.is_valid() and form.answers == {"q": NOT_KNOWN}


def test_declining_alone_answers_a_list_of_ticks() -> None:
    assert said(ticks(can_decline=True), q="asked-declined").answers == {"q": DECLINED}


def test_a_forged_tick_is_refused_and_the_others_are_kept() -> None:
    form = said(ticks(), q=["pain", "forged"])
    assert not form.is_valid() and form.answers == {"q": ["pain"]}


@pytest.mark.parametrize("text", ["\x00", "\ud800", "<b>", "9" * 5000, "٣"])
def test_no_text_in_place_of_a_code_does_harm(text: str) -> None:
    for one in (choice(), ticks(), item("boolean"), item("integer", maximum=10)):
        form = said(one, q=[text])
        assert form.answers == {}
        str(form["q"]).encode()


def test_a_saved_answer_is_chosen_when_the_page_is_shown_again() -> None:
    both = {"can_decline": True, "can_be_unknown": True}
    cases = [
        (choice(**both), "pain", 'value="pain"'),
        (choice(**both), DECLINED, 'value="asked-declined"'),
        (item("boolean"), False, 'value="false"'),
        (ticks(**both), ["pain"], 'value="pain"'),
        (ticks(**both), NOT_KNOWN, 'value="asked-unknown"'),
        (item("integer", minimum=0, maximum=10), 0, 'value="0"'),
    ]
    for one, answer, value in cases:
        tags = str(asked(one, answers={"q": answer})["q"]).split("<")
        chosen = [tag for tag in tags if " checked" in tag]
        assert len(chosen) == 1 and value in chosen[0]


def test_a_saved_answer_of_another_shape_chooses_nothing() -> None:
    for answer in ({}, [], 7, "gone", {"absent": 3}, [{"x": 1}], None):
        for one in (choice(), ticks(), item("boolean"), item("date"), item("text")):
            html = str(asked(one, answers={"q": answer})["q"])
            assert " checked" not in html


def test_an_option_is_shown_escaped() -> None:
    one = choice(options=(Option("a", "<i>Tilted</i> & more"),))
    assert "&lt;i&gt;Tilted&lt;/i&gt; &amp; more" in str(asked(one)["q"])
