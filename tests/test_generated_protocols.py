"""A protocol that the check passes never fails anybody, whoever wrote it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from screening.engine.checking import check
from screening.engine.document import (
    build,
    canonical,
    content_hash,
    read_directory,
    write_directory,
)
from screening.engine.evaluation import conclude, evaluate
from screening.engine.explanation import explain, missing, report_scores
from screening.engine.journey import Journey
from screening.engine.protocol import Protocol
from tests.generated import documents
from tests.golden import AS_OF
from tests.small_protocol import Document
from tests.strategies import JSON, fitting

small = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def walked(protocol: Protocol, answers: dict[str, Any]) -> None:
    """Answer page by page, as somebody would, and be judged after each."""
    given: dict[str, Any] = {}
    for page in protocol.pages:
        journey = Journey(protocol, given, AS_OF)
        assert not journey.may_visit(page.slug) or page in journey.pages
        assert journey.next_page(page.slug) is None or journey.pages
        for item in page.items:
            if item.link_id in answers:
                given[item.link_id] = answers[item.link_id]
        conclude(Journey(protocol, given, AS_OF))
    judged(protocol, given)


def judged(protocol: Protocol, answers: dict[str, Any]) -> None:
    result = evaluate(protocol, answers, AS_OF)
    assert set(result.findings) == {each.code for each in protocol.criteria}
    for finding in result.findings.values():
        assert explain(result, finding).groups
    assert all(missing(result).values())
    assert all(report.as_json for report in report_scores(result).values())


@small
@given(documents(), st.data())
def test_a_protocol_that_the_check_passes_never_raises(
    document: Document, data: st.DataObject
) -> None:
    assume(not check(document))
    protocol = build(document)
    some = {
        link_id: st.none() | fitting(item) | JSON
        for link_id, item in protocol.item.items()
    }
    answers = data.draw(st.fixed_dictionaries(some))
    walked(protocol, {name: raw for name, raw in answers.items() if raw is not None})
    judged(protocol, answers)


@small
@given(documents())
def test_a_protocol_that_the_check_passes_survives_the_trip(
    tmp_path_factory: pytest.TempPathFactory, document: Document
) -> None:
    assume(not check(document))
    folder = tmp_path_factory.mktemp("trip")
    write_directory(document, folder)
    again = read_directory(folder)
    assert again == canonical(document)
    assert content_hash(again) == content_hash(document)


def test_the_check_passes_enough_of_what_is_made_up() -> None:
    """Else the tests above would say little."""
    passed = []

    @small
    @given(documents())
    def count(document: Document) -> None:
        passed.append(not check(document))

    count()
    assert sum(passed) >= len(passed) // 4
