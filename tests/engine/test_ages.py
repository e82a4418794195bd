"""Ages in whole years, on the day for which the answers are judged."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from screening.engine.facts import ANY_COUNT, NOT_ASKED, Interval
from screening.engine.protocol import Part, Protocol, Score
from tests.engine.making import (
    DECLINED_ANSWER,
    asks,
    choice,
    protocol,
    rule,
    walk,
)

BORN = [
    ("2008-11-23", 18),
    ("2008-11-24", 17),
    ("1961-12-01", 64),
    ("1961-11-01", 65),
    ("2026-11-23", 0),
    ("2028-02-29", -2),
]


def _age() -> Protocol:
    born = asks("born", "date", gate=rule(("start", "=", "yes")))
    score = Score("age", "Age", "age", 0, None, (Part(item="born"),))
    return protocol(choice("start"), born, scores=[score])


def _years(**answers: Any) -> Any:
    return walk(_age(), **answers).facts["age"]


@pytest.mark.parametrize(("born", "years"), BORN)
def test_an_age_is_whole_years_on_the_day_of_evaluation(born: str, years: int) -> None:
    assert _years(start="yes", born=born) == Interval(years, years)


def test_an_age_without_a_birth_date_can_be_any() -> None:
    assert _years(start="yes") == ANY_COUNT
    assert _years(start="yes", born=DECLINED_ANSWER) == ANY_COUNT
    assert _years(start="no", born="1984-05-01") is NOT_ASKED


def test_the_same_answers_are_older_on_a_later_day() -> None:
    journey = walk(_age(), start="yes", born="1984-05-01")
    later = type(journey)(_age(), journey.answers, date(2030, 5, 1))
    assert later.facts["age"] == Interval(46, 46)
