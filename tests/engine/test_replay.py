"""Two versions on the same answers: exactly what evaluating both would show."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

import pytest

from screening.engine.document import build, read_directory
from screening.engine.evaluation import Result, evaluate
from screening.engine.replay import Comparison, NotComparable, differences
from screening.services.protocol.places import find
from tests.golden import AS_OF, KETAMINE, vignettes
from tests.small_protocol import Document, clause, small_document

Change = Callable[[Document], object]
FULL = read_directory(KETAMINE)
CHANCE = random.Random(6)


def changed(change: Change) -> Document:
    document = copy.deepcopy(FULL)
    change(document)
    return document


def rule(document: Document, code: str) -> list[list[Document]]:
    clauses: list[list[Document]] = find(document, "criterion", code)["clauses"]
    return clauses


def lower_phq9(document: Document) -> None:
    for group in rule(document, "trd-severity"):
        for each in group:
            if each["question"] == "phq9-total":
                each["answer"] = 10


CHANGES: dict[str, Change] = {
    "nothing": lambda d: None,
    "a threshold": lower_phq9,
    "a clause more": lambda d: rule(d, "trd-severity")[0].append(
        clause("asq-3", "=", "yes")
    ),
    "a group more": lambda d: rule(d, "mig-severity").append(
        [clause("migraine-told", "=", "yes")]
    ),
    "a group less": lambda d: rule(d, "trd-severity").pop(),
    "a medicine class": lambda d: rule(d, "mig-severity")[0].append(
        clause("medicines.class", "=", "benzodiazepine")
    ),
    "an urgent rule": lambda d: rule(d, "u-not-safe")[0].pop(),
    "a tier": lambda d: find(d, "criterion", "u-not-safe").update(tier="a"),
    "a criterion less": lambda d: d["safety"].pop(),
    "an indication less": lambda d: d["indications"].pop(0),
    "a dose": lambda d: find(d, "medicine", "sertraline").update(minimum_mg=150),
    "a length of time": lambda d: find(d, "score", "ad-trials-adequate").update(
        weeks=8
    ),
    "an instrument's words": lambda d: d["instruments"][0].update(modified=True),
}


def shuffled(number: int) -> list[dict[str, Any]]:
    """Mix the golden patients' answers, so that many land near the thresholds."""
    every = [patient.answers for patient in vignettes()]
    return [
        {
            link_id: CHANCE.choice((mine, theirs)).get(link_id, mine[link_id])
            for link_id in mine
        }
        for mine, theirs in (CHANCE.sample(every, 2) for _ in range(number))
    ]


PEOPLE = [patient.answers for patient in vignettes()] + shuffled(60)


@pytest.fixture(scope="module")
def before() -> list[Result]:
    """What the version that ships says of each of them."""
    old = build(FULL)
    return [evaluate(old, answers, AS_OF) for answers in PEOPLE]


@pytest.mark.parametrize("name", CHANGES)
def test_a_replay_shows_what_evaluating_both_shows(
    name: str, before: list[Result]
) -> None:
    old, new = build(FULL), build(changed(CHANGES[name]))
    comparison = Comparison(old, new)
    for answers, was in zip(PEOPLE, before, strict=True):
        now = evaluate(new, answers, AS_OF)
        assert comparison.flips(answers, AS_OF) == differences(was, now)


def test_a_lower_threshold_flips_somebody() -> None:
    comparison = Comparison(build(FULL), build(changed(lower_phq9)))
    flips = [flip for a in PEOPLE for flip in comparison.flips(a, AS_OF)]
    criterion = [flip for flip in flips if flip.kind == "criterion"]
    assert {flip.code for flip in criterion} == {"trd-severity"}
    assert "false" in {flip.before for flip in criterion}
    assert "indication" in {flip.kind for flip in flips}


def test_what_one_version_does_not_know_is_left_empty() -> None:
    old, new = small_document(), small_document()
    new["safety"][0] |= {"code": "u-other"}
    flips = Comparison(build(old), build(new)).flips({"wish-1": "yes"}, AS_OF)
    assert [tuple(flip) for flip in flips] == [
        ("criterion", "u-wish", "true", ""),
        ("criterion", "u-other", "", "true"),
    ]


QUESTIONS: list[tuple[Change, dict[str, str], bool]] = [
    (lambda d: _low(d)["option"].append({"code": "x", "text": "X"}), {}, False),
    (lambda d: _low(d).update(type="multi-choice"), {}, False),
    (lambda d: _low(d).update(text="Are you low?", help="Now."), {}, True),
    (lambda d: _low(d)["option"][1].update(score=1), {"low": "yes"}, True),
    (lambda d: _field(d).update(maximum=9), {"low": "no"}, True),
    (lambda d: _field(d).update(maximum=9), {"low": "yes"}, False),
    (lambda d: d["sections"][0]["page"][1].pop("enable_when"), {"low": "no"}, False),
    (lambda d: d["sections"][0]["page"][1].pop("enable_when"), {"low": "yes"}, True),
    (lambda d: d["sections"][0]["page"].pop(), {"low": "no"}, True),
    (lambda d: d["sections"][0]["page"].pop(), {"low": "yes"}, False),
]


def _low(document: Document) -> Document:
    item: Document = document["sections"][0]["page"][0]["item"][0]
    return item


def _field(document: Document) -> Document:
    field: Document = document["sections"][0]["page"][1]["item"][0]["field"][0]
    return field


@pytest.mark.parametrize(("change", "answers", "comparable"), QUESTIONS)
def test_only_who_was_asked_the_same_is_compared(
    change: Change, answers: dict[str, str], comparable: bool
) -> None:
    new = small_document()
    change(new)
    comparison = Comparison(build(small_document()), build(new))
    if comparable:
        comparison.flips(answers, AS_OF)
    else:
        with pytest.raises(NotComparable):
            comparison.flips(answers, AS_OF)
