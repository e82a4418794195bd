"""A growing list: rows are added, changed and removed, and no typing is lost."""

from __future__ import annotations

from typing import Any

import pytest

from screening.engine.protocol import Item, Option
from screening.forms.page import PageForm
from tests.forms.asking import asked, choice, drawn, item, post

HELPED = (Option("none", "Not at all"), Option("a-lot", "A lot"))
FIELDS = (
    item("lookup", "name", role="name"),
    item("decimal", "dose", unit="mg", can_be_unknown=True),
    choice("benefit", options=HELPED, can_be_unknown=True),
    choice("lately", options=(Option("yes", "Yes"),), required=False),
)
NOT_KNOWN = {"absent": "asked-unknown"}
ZOLOFT = {"name": "zoloft", "dose": 150, "benefit": "none"}
PROZAC = {"name": "prozac", "dose": NOT_KNOWN, "benefit": "a-lot"}
TYPED = {"row_name": "prozac", "row_benefit": "a-lot"} | {
    "row_dose_instead": "asked-unknown"
}
BEFORE, AFTER = choice("before"), choice("after")


def group(**settings: Any) -> Item:
    return item("group", "tried", fields=FIELDS, max_rows=3, **settings)


def listed(
    *rows: dict[str, Any], posted: dict[str, Any] | None = None, **more: Any
) -> PageForm:
    values = None if posted is None else post(**posted)
    return asked(group(), rows=rows, data=values, **more)


def test_the_first_row_is_saved_on_continue() -> None:
    form = listed(posted=TYPED)
    assert form.goes_on and form.answers == {"tried": [PROZAC]}


def test_one_more_row_is_added_to_those_saved() -> None:
    form = listed(ZOLOFT, posted=TYPED | {"action": "add", "row_count": "1"})
    assert form.is_valid() and not form.goes_on
    assert form.answers == {"tried": [ZOLOFT, PROZAC]}


def test_a_blank_row_is_ignored_when_the_list_has_rows() -> None:
    form = listed(ZOLOFT, posted={"row_count": "1"})
    assert form.goes_on and form.answers == {"tried": [ZOLOFT]}


def test_an_empty_list_asks_for_at_least_one() -> None:
    form = listed(posted={})
    assert form.errors["tried"] == [
        "Add at least one, or go back and change your answer."
    ]
    assert form.cleared == {"tried"}
    assert [problem.target for problem in form.problems] == ["id_row-name"]


def test_a_half_typed_row_is_shown_again_and_the_rest_is_saved() -> None:
    half = {"row_name": "prozac <i>", "row_dose": "lots", "before": "low"}
    form = asked(BEFORE, group(), AFTER, rows=[ZOLOFT], data=post(**half))
    assert not form.is_valid()
    assert form.answers == {"before": "low", "tried": [ZOLOFT]}
    assert 'value="prozac &lt;i&gt;"' in drawn(form)
    assert [problem.target for problem in form.problems] == [
        "id_row-dose",
        "id_row-benefit",
        "id_after",
    ]


def test_a_row_saved_beside_an_error_is_not_typed_twice() -> None:
    form = asked(group(), AFTER, rows=[ZOLOFT], data=post(**TYPED))
    assert not form.is_valid() and form.answers["tried"] == [ZOLOFT, PROZAC]
    assert 'name="row-name" id="id_row-name" value=""' in drawn(form)


def test_adding_a_row_does_not_ask_for_the_rest_of_the_page() -> None:
    form = asked(group(), AFTER, data=post(**TYPED, action="add"))
    assert form.is_valid() and not form.goes_on


def test_change_opens_the_row_and_saves_nothing_else() -> None:
    form = listed(ZOLOFT, PROZAC, posted={"action": "edit-1", "row_count": "2"})
    assert form.is_valid() and form.row_query == "?row=1"
    assert form.answers == {"tried": [ZOLOFT, PROZAC]}


def test_the_row_to_change_is_in_the_row_form() -> None:
    html = drawn(listed(ZOLOFT, PROZAC, row="1"))
    assert 'value="prozac"' in html and "Change number 2" in html
    assert 'name="row-index" value="1"' in html


def test_a_changed_row_takes_its_own_place() -> None:
    form = listed(ZOLOFT, ZOLOFT, posted=TYPED | {"row_index": "0", "row_count": "2"})
    assert form.answers == {"tried": [PROZAC, ZOLOFT]}


@pytest.mark.parametrize("row", ["7", "-1", "x", "", "²", "9" * 40, None])
def test_a_row_that_is_not_there_is_a_new_one(row: str | None) -> None:
    assert "Number 2" in drawn(listed(ZOLOFT, row=row))


def test_a_row_is_removed() -> None:
    form = listed(ZOLOFT, PROZAC, posted={"action": "remove-0", "row_count": "2"})
    assert form.is_valid() and form.answers == {"tried": [PROZAC]}


def test_removing_the_last_row_clears_the_list() -> None:
    form = listed(ZOLOFT, posted={"action": "remove-0", "row_count": "1"})
    assert form.is_valid() and form.cleared == {"tried"} and form.answers == {}


def test_removing_a_row_that_was_open_drops_what_was_typed_over_it() -> None:
    typed = {"row_index": "0", "row_name": "zol", "action": "remove-0"}
    form = listed(ZOLOFT, PROZAC, posted=typed)
    assert form.is_valid() and form.answers == {"tried": [PROZAC]}


def test_removing_one_row_keeps_another_half_typed() -> None:
    typed = {"row_index": "1", "row_name": "proz", "action": "remove-0"}
    form = listed(ZOLOFT, PROZAC, posted=typed)
    assert form.answers == {"tried": [PROZAC]} and not form.is_valid()
    html = drawn(form)
    assert 'value="proz"' in html and 'name="row-index" value="0"' in html


@pytest.mark.parametrize("action", ["remove-0", "edit-0", "read-0"])
def test_a_list_that_changed_meanwhile_is_not_touched(action: str) -> None:
    form = listed(ZOLOFT, posted={"action": action, "row_count": "2"})
    assert form.answers == {"tried": [ZOLOFT]}
    assert form.errors["tried"] == [
        "Your list has changed. Look at it here, then try again."
    ]


def test_a_row_posted_twice_is_kept_once() -> None:
    form = listed(ZOLOFT, PROZAC, posted=TYPED | {"row_count": "1", "action": "add"})
    assert form.is_valid() and form.answers == {"tried": [ZOLOFT, PROZAC]}


def test_a_stale_change_is_added_rather_than_written_over_another_row() -> None:
    typed = TYPED | {"row_index": "0", "row_count": "2"}
    assert listed(ZOLOFT, posted=typed).answers == {"tried": [ZOLOFT, PROZAC]}


def test_no_more_rows_than_fit() -> None:
    form = listed(ZOLOFT, ZOLOFT, ZOLOFT, posted=TYPED | {"row_count": "3"})
    assert form.answers == {"tried": [ZOLOFT] * 3}
    assert form.errors["tried"] == [
        "You can list up to 3 here. Tell us about the rest when we talk."
    ]
    assert "the most that fit here" in drawn(listed(ZOLOFT, ZOLOFT, ZOLOFT))


def test_a_row_carried_over_is_opened_until_it_is_whole() -> None:
    carried = {"name": "zoloft"}
    assert "Change number 1" in drawn(listed(carried))
    form = listed(carried, posted={"action": "continue", "row_name": ""})
    assert form.errors["tried"] == [
        "Tell us a little more about “zoloft”, or remove it."
    ]
    assert form.answers == {"tried": [carried]}


READS = [("known", "sertraline (Zoloft)", ""), ("near", "", "Prozac")]


def test_each_name_says_how_it_was_read() -> None:
    rows = [ZOLOFT, {**PROZAC, "name": "prozax"}, {**PROZAC, "name": "<blue>"}]
    html = drawn(listed(*rows, readings=[*READS, ("unknown", "", "")]))
    assert "We read it as <b>sertraline (Zoloft)</b>." in html
    assert "It could be <b>Prozac</b>." in html and "Yes, it is Prozac" in html
    assert "We will check it with you." in html and "&lt;blue&gt;" in html


def test_a_near_match_becomes_the_name_when_the_patient_says_so() -> None:
    rows = [ZOLOFT, {**PROZAC, "name": "prozax"}]
    posted = {"action": "read-1", "row_count": "2"}
    form = listed(*rows, readings=READS, posted=posted)
    assert form.is_valid() and form.answers["tried"][1]["name"] == "Prozac"


def test_a_name_without_a_near_match_stays_as_it_was_typed() -> None:
    form = listed(ZOLOFT, readings=READS, posted={"action": "read-0"})
    assert form.answers == {"tried": [ZOLOFT]}


def test_a_row_is_put_in_words() -> None:
    html = drawn(listed({**PROZAC, "lately": "yes"}))
    assert "About dose? I do not know · A lot · About lately? Yes" in html


@pytest.mark.parametrize("action", ["remove-9", "edit-999", "read-²", "jump", "\ud800"])
def test_an_odd_button_does_nothing_to_the_list(action: str) -> None:
    assert listed(ZOLOFT, posted={"action": action}).answers == {"tried": [ZOLOFT]}
