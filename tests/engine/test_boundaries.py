"""Somebody is made up for each threshold, and comes to the number that was meant."""

from __future__ import annotations

import pytest

from screening.engine.boundaries import Boundary, boundaries, thresholds
from screening.engine.document import build
from screening.engine.evaluation import evaluate
from screening.engine.facts import Interval
from tests.golden import AS_OF, protocol
from tests.small_protocol import clause, small_document

Made = tuple[list[Boundary], list[Boundary]]


@pytest.fixture(scope="module")
def shipped() -> Made:
    """Whoever can be made up for the shipped protocol takes seconds to make up."""
    return boundaries(protocol(), AS_OF)


def test_nearly_every_threshold_of_the_shipped_protocol_has_its_people(
    shipped: Made,
) -> None:
    made, missing = shipped
    assert len(made) >= 160
    assert len(missing) <= 20
    reached = {(case.criterion, case.question) for case in made}
    assert ("trd-severity", "phq9-total") in reached
    assert ("s-under-18", "age-years") in reached
    assert ("m-benzodiazepine-high", "benzo-dze-mg") in reached
    assert len(reached) > 0.9 * len(
        {(c.code, k.question) for c, k in thresholds(protocol())}
    )


def test_each_comes_to_the_number_that_was_meant(shipped: Made) -> None:
    for case in shipped[0]:
        result = evaluate(protocol(), case.answers, AS_OF)
        fact = result.journey.facts[case.question]
        value = fact.value if isinstance(fact, Interval) else fact
        assert (value, result.problems) == (case.value, []), case.slug


def test_the_threshold_alone_decides(shipped: Made) -> None:
    words = {
        case.value: evaluate(protocol(), case.answers, AS_OF)
        .indications["treatment-resistant-depression"]
        .value
        for case in shipped[0]
        if (case.criterion, case.question) == ("trd-severity", "phq9-total")
    }
    assert words == {14: "false", 15: "true", 16: "true"}


def test_whoever_cannot_be_made_up_is_named() -> None:
    document = small_document()
    rule = document["indications"][0]["criterion"][0]["clauses"]
    rule[0] = [clause("wish-total", ">=", 2)]
    rule[1] = [clause("low", "=", "no")]
    made, missing = boundaries(build(document), AS_OF)
    assert {case.value for case in made} | {0} >= {1}
    assert [case.slug for case in missing if case.value == 3] == []


def test_two_long_codes_make_a_name_that_a_column_keeps() -> None:
    long = Boundary("c" * 80, "q" * 80, 1.5, {}, 1)
    assert len(long.slug) == 80
    assert long.slug != long._replace(value=2).slug
