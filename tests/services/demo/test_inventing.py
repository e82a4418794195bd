"""The demo's people: invented, different from each other, and the same each time."""

from __future__ import annotations

import re
from datetime import date

import pytest

from screening.engine.facts import read_all
from screening.services.demo.inventing import Person, people
from tests.golden import protocol

TODAY = date(2026, 11, 23)


def ages(everybody: list[Person], day: date) -> list[int]:
    births = [date.fromisoformat(p.answers["birth-date"]) for p in everybody]
    return [
        day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        for born in births
    ]


def test_the_same_people_come_each_time() -> None:
    assert people(12, today=TODAY) == people(40, today=TODAY)[:12]


def test_a_few_already_show_every_kind() -> None:
    few = people(15, today=TODAY)
    assert any(person.taken_by for person in few)
    assert any(person.reviews for person in few)
    assert any(person.left_at for person in few)


def test_nobody_is_there_when_nobody_is_wanted() -> None:
    assert people(0, today=TODAY) == []


def test_everybody_has_a_name_and_a_birthday_of_their_own() -> None:
    crowd = people(400, today=TODAY)
    assert len({p.answers["full-name"] for p in crowd}) == 400
    assert len({p.answers["birth-date"] for p in people(40, today=TODAY)}) == 40


def test_nobody_could_be_rung_up_by_mistake() -> None:
    numbers = [person.answers["phone"] for person in people(120, today=TODAY)]
    assert all(re.fullmatch(r"555-01\d\d", number) for number in numbers)


@pytest.mark.parametrize("day", [TODAY, date(2028, 2, 29), date(2027, 1, 1)])
def test_everybody_stays_as_old_as_their_story(day: date) -> None:
    everybody = people(40, today=day)
    assert ages(everybody, day) == [person.age for person in everybody]


def test_every_answer_is_one_that_the_questionnaire_takes() -> None:
    items = protocol().item
    for person in people(40, today=TODAY):
        answers = person.answers | person.taken_back
        assert not set(answers) - set(items), person.name
        assert read_all(items.values(), answers)[1] == [], person.name
