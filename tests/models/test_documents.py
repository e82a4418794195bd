"""A protocol's rows and its document say the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import FieldDoesNotExist

from screening.engine.document import ProtocolError, canonical, content_hash
from screening.engine.schema import TABLES
from screening.models import AnswerOption, Clause, Protocol, Score
from screening.models.documents import ROWS
from tests.records import a_protocol
from tests.small_protocol import clause, small_document

pytestmark = pytest.mark.django_db


def test_rows_say_exactly_what_was_written() -> None:
    document = small_document()
    assert a_protocol(document).document() == canonical(document)


def test_the_shipped_protocol_survives_its_rows(
    protocol: Protocol, document: dict[str, Any]
) -> None:
    assert protocol.document() == document
    assert content_hash(protocol.document()) == protocol.content_hash


def test_reading_takes_one_query_a_table(django_assert_num_queries: Any) -> None:
    protocol = a_protocol(small_document())
    with django_assert_num_queries(len(ROWS)):
        protocol.document()


def test_every_key_of_every_table_is_kept() -> None:
    """A key without a column would be dropped on the way to the database."""
    for model in ROWS:
        for key, (kind, _) in TABLES.get(model.document_table, {}).items():
            if kind.startswith("[") or kind == "rule" or key == "sources":
                continue
            assert model._meta.get_field(key), f"{model.__name__}.{key}"


def test_every_table_of_the_schema_has_rows() -> None:
    kept = {model.document_table for model in ROWS} | {"document", "protocol"}
    assert set(TABLES) <= kept


def test_every_key_of_the_head_is_a_column() -> None:
    for key in TABLES["protocol"]:
        try:
            Protocol._meta.get_field(key)
        except FieldDoesNotExist:
            pytest.fail(f"Protocol has no {key}")


def test_alternatives_keep_their_groups_and_their_order() -> None:
    rule = [
        [clause("b", "=", "x"), clause("a", "!=", True)],
        [clause("c", ">=", 2.5)],
    ]
    document = small_document()
    document["safety"][0]["clauses"] = rule
    protocol = a_protocol(document)
    assert protocol.document()["safety"][0]["clauses"] == rule
    kept = Clause.objects.filter(protocol=protocol, criterion__code="u-wish")
    assert list(kept.values_list("group", flat=True)) == [0, 0, 1]


def test_citations_keep_their_order() -> None:
    document = a_protocol(small_document()).document()
    assert document["sections"][0]["page"][0]["item"][0]["sources"] == ["S2", "S1"]


def test_a_score_of_nought_is_kept_and_none_is_left_out() -> None:
    document = small_document()
    options = document["sections"][0]["page"][0]["item"][0]["option"]
    del options[1]["score"]
    protocol = a_protocol(document)
    options = AnswerOption.objects.filter(item__link_id="low", item__protocol=protocol)
    assert [option.score for option in options] == [0, None]
    assert protocol.document() == canonical(document)


def test_what_says_the_default_is_the_same_document() -> None:
    spoken = small_document()
    spoken["sections"][0]["page"][0]["leave_quickly"] = False
    spoken["safety"][0]["rationale"] = ""
    assert a_protocol(spoken).document() == canonical(small_document())


def test_scores_of_no_instrument_stand_apart() -> None:
    document = small_document()
    document["scores"] = [
        {"code": "age", "title": "Age", "kind": "age", "minimum": 0, "classes": ["b"]}
    ]
    protocol = a_protocol(document)
    assert Score.objects.get(protocol=protocol, code="age").instrument is None
    assert protocol.document() == canonical(document)


def test_a_source_that_is_not_listed_is_refused() -> None:
    document = small_document()
    document["safety"][0]["sources"] = ["S9"]
    with pytest.raises(ProtocolError, match="there is no source S9"):
        a_protocol(document)


def test_two_protocols_do_not_mix() -> None:
    other = small_document(version="2")
    other["medicines"] = []
    first, second = a_protocol(small_document()), a_protocol(other)
    assert first.document() == canonical(small_document())
    assert second.document() == canonical(other)
