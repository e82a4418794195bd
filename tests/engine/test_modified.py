"""An instrument in other words is asked as it stands, and never scored."""

from __future__ import annotations

from datetime import date
from typing import Any

from screening.engine.checking import check
from screening.engine.document import build
from screening.engine.evaluation import Result, evaluate
from screening.engine.explanation import report_scores
from tests.small_protocol import Document, small_document

YES = {"low": "yes", "wish-1": "yes"}


def reworded(**flags: Any) -> Document:
    document = small_document()
    document["instruments"][0]["item"][0]["text"] = "Did you wish to be dead?"
    document["instruments"][0] |= flags
    return document


def judged(document: Document) -> Result:
    return evaluate(build(document), YES, date(2026, 11, 23))


def test_other_words_are_a_mistake_unless_they_are_owned_up_to() -> None:
    assert [mistake.code for mistake in check(reworded())] == ["modified"]
    assert check(reworded(modified=True)) == []


def test_a_modified_instrument_has_no_score() -> None:
    as_validated = report_scores(judged(small_document()))["wish-total"]
    modified = report_scores(judged(reworded(modified=True)))["wish-total"]
    assert (as_validated.value, modified.value) == (2, None)
    assert (modified.low, modified.high, modified.band) == (0, 2, "")


def test_a_criterion_that_reads_its_score_is_unknown() -> None:
    findings = judged(reworded(modified=True)).findings
    assert findings["low-severity"].word == "unknown"


def test_its_answers_still_raise_what_is_urgent() -> None:
    assert judged(reworded(modified=True)).findings["u-wish"].word == "met"


def test_a_score_elsewhere_that_counts_its_items_stops_too() -> None:
    document = reworded(modified=True)
    part, other = {"item": "wish-1"}, {"code": "mine", "title": "Mine", "kind": "sum"}
    document["scores"] = [other | {"minimum": 0, "maximum": 1, "part": [part]}]
    assert report_scores(judged(document))["mine"].value is None


def test_a_day_of_review_is_a_day() -> None:
    document = small_document()
    document["safety"][0]["review_by"] = "next year"
    assert [str(mistake) for mistake in check(document)] == [
        "u-wish: review_by is a day such as 2027-01-31"
    ]
    document["safety"][0]["review_by"] = "2027-01-31"
    assert check(document) == []
