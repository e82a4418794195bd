"""Writing: nothing that is typed stops the page, and nothing odd is stored."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from screening.engine.protocol import Item
from tests.forms.asking import asked, item, said

ODD = [
    *("9" * 30, "1e9", "1e999999999", "inf", "nan", "-inf", "0x10", "1_000", "²", "½"),
    *("\x00", "7\x00seven", "\ud800", "one", "--1", "1.", "..", "+-3", "9" * 4000),
]
INTEGER = item("integer", minimum=5, maximum=100)
DECIMAL = item("decimal", unit="mg/day")


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("one", [INTEGER, DECIMAL, item("date")], ids=lambda i: i.type)
def test_an_odd_number_is_an_error_and_never_a_crash(one: Item, text: str) -> None:
    form = said(one, q=text, q_month=text, q_day=text, q_year=text)
    assert not form.is_valid() and form.answers == {}
    str(form["q"]).encode()


@pytest.mark.parametrize(
    ("text", "number"), [("7", 7), (" 42 ", 42), ("٧", 7), ("７", 7), ("0012", 12)]
)
def test_whole_numbers_are_read_in_any_script(text: str, number: int) -> None:
    assert said(INTEGER, q=text).answers == {"q": number}


@pytest.mark.parametrize(
    ("text", "number"),
    [("20", 20), ("2.5", 2.5), (".5", 0.5), ("1,200", 1200), ("150 mg", 150), ("0", 0)],
)
def test_decimals_are_read_as_people_write_them(text: str, number: float) -> None:
    assert said(DECIMAL, q=text).answers == {"q": number}


def test_a_number_out_of_bounds_says_the_bounds() -> None:
    assert said(INTEGER, q="4").errors["q"] == ["Write a whole number from 5 to 100."]
    assert said(INTEGER, q="101").answers == {}
    assert said(item("integer"), q="-1").errors["q"] == [
        "Write a whole number, such as 4."
    ]


def test_what_could_not_be_read_is_shown_again_as_it_was_typed() -> None:
    assert 'value="about &lt;40&gt;"' in str(said(INTEGER, q="about <40>")["q"])


def test_an_odd_answer_clears_nothing_that_was_saved() -> None:
    assert said(INTEGER, q="forty").cleared == set()
    assert said(INTEGER, q=" ").cleared == {"q"}


def test_not_knowing_is_ticked_beside_the_box() -> None:
    one = item("integer", can_be_unknown=True)
    form = said(one, q="", q_instead="asked-unknown")
    assert form.is_valid() and form.answers == {"q": {"absent": "asked-unknown"}}


def test_a_number_and_a_tick_is_an_error_that_keeps_the_number() -> None:
    form = said(item("decimal", can_be_unknown=True), q="20", q_instead="asked-unknown")
    assert form.errors["q"] == [
        "You wrote an answer and ticked “I do not know”. Choose one or the other."
    ]
    assert form.answers == {"q": 20}


def test_a_tick_that_was_not_offered_says_nothing() -> None:
    form = said(INTEGER, q="", q_instead="asked-declined")
    assert not form.is_valid() and form.answers == {}


def test_text_is_kept_without_what_cannot_be_stored() -> None:
    form = said(item("text"), q="  I\x00 am \ud800 tired\r\nand sad ")
    assert form.answers == {"q": "I am  tired\nand sad"}


def test_text_of_nothing_but_unstorable_signs_is_empty() -> None:
    form = said(item("text", required=False), q="\x00 \ud800\udfff ")
    assert form.is_valid() and form.cleared == {"q"}


def test_text_has_a_length_and_is_shown_again_beyond_it() -> None:
    assert said(item("text"), q="a" * 2000).is_valid()
    form = said(item("text"), q="a" * 2001)
    assert form.errors["q"] == ["Use 2,000 letters or fewer. You have 2,001."]
    assert "a" * 2001 in str(form["q"])


def test_text_is_shown_again_escaped() -> None:
    html = str(asked(item("text"), answers={"q": '"><script>'})["q"])
    assert "&quot;&gt;&lt;script&gt;" in html and "<script>" not in html


@pytest.mark.parametrize(
    "text", ["555 0142", "(555) 010-0142 ext 3", "+1 555 010 0142"]
)
def test_a_phone_number_is_kept_as_it_was_written(text: str) -> None:
    assert said(item("text", autocomplete="tel"), q=text).answers == {"q": text}


@pytest.mark.parametrize("text", ["555", "call me", "1" * 100, "\x00\ud800"])
def test_what_nobody_could_call_is_asked_again(text: str) -> None:
    form = said(item("text", autocomplete="tel"), q=text)
    assert not form.is_valid() and form.answers == {}


def test_an_email_address_is_checked_gently() -> None:
    one = item("text", autocomplete="email")
    assert said(one, q="dana@example.com").answers == {"q": "dana@example.com"}
    assert said(one, q="dana at home").answers == {}


DATE = item("date", autocomplete="bday")


def born(month: str, day: str, year: str) -> Any:
    return said(DATE, q_month=month, q_day=day, q_year=year)


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", "MARCH", "٣"])
def test_a_date_is_read_from_three_boxes(month: str) -> None:
    assert born(month, "27", "1984").answers == {"q": "1984-03-27"}


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        (("", "27", "1984"), "month"),
        (("3", "", "1984"), "day"),
        (("3", "27", ""), "year"),
        (("13", "27", "1984"), "month"),
        (("2", "30", "1984"), "day"),
        (("3", "27", "84"), "year"),
        (("3", "27", "1899"), "year"),
    ],
)
def test_an_error_in_a_date_leads_to_its_box(
    typed: tuple[str, str, str], part: str
) -> None:
    form = born(*typed)
    target = "id_q" if part == "month" else f"id_q_{part}"
    assert [problem.target for problem in form.problems] == [target]
    assert str(form["q"]).count("aria-invalid") == 1
    assert form.answers == {} and form.cleared == set()


def test_nobody_is_born_tomorrow() -> None:
    day = timezone.localdate() + timedelta(days=1)
    form = born(str(day.month), str(day.day), str(day.year))
    assert form.errors["q"] == ["This date has not come yet. Look at the year."]


def test_a_saved_date_fills_the_boxes_again() -> None:
    html = str(asked(DATE, answers={"q": "1984-03-27"})["q"])
    assert [f'value="{v}"' in html for v in (3, 27, 1984)] == [True] * 3


def test_a_missing_answer_is_asked_for_in_its_own_words() -> None:
    asks = {
        ("text", "name"): "Write your name.",
        ("text", "tel"): "Write a phone number.",
        ("text", "email"): "Write an email address.",
        ("date", "bday"): "Write your date of birth.",
        ("text", ""): "Write an answer.",
        ("decimal", ""): "Write a number.",
        ("lookup", ""): "Write a name.",
    }
    for (kind, complete), words in asks.items():
        assert said(item(kind, autocomplete=complete)).errors["q"] == [words]
