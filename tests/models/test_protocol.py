"""A protocol is one version: at most one is asked, and each is built once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from screening.models import Medicine, Protocol, ProtocolAltered, guards
from screening.models import protocol as module
from screening.services.publishing import publish
from tests.records import a_protocol
from tests.small_protocol import small_document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_built_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ENGINES", {})


def test_the_active_protocol_is_the_current_one(protocol: Protocol) -> None:
    a_protocol(small_document())
    assert Protocol.objects.current() == protocol


def test_without_an_active_protocol_there_is_no_current_one(
    protocol: Protocol,
) -> None:
    Protocol.objects.update(status="retired")
    with pytest.raises(Protocol.DoesNotExist):
        Protocol.objects.current()


def test_two_protocols_are_never_active_at_once(protocol: Protocol) -> None:
    draft = a_protocol(small_document())
    draft.status, draft.content_hash = "active", "x"
    draft.published_at = timezone.now()
    with pytest.raises(IntegrityError, match=r"active|status"), transaction.atomic():
        draft.save()


def test_a_published_protocol_is_signed_with_time_and_hash() -> None:
    draft = a_protocol(small_document())
    draft.status = "retired"
    with pytest.raises(IntegrityError, match="signed"), transaction.atomic():
        draft.save()


def test_a_version_is_written_once() -> None:
    a_protocol(small_document())
    with pytest.raises(IntegrityError), transaction.atomic():
        a_protocol(small_document())


def test_the_engine_is_built_once_a_process(django_assert_num_queries: Any) -> None:
    built = publish(small_document()).engine
    with django_assert_num_queries(1):
        assert Protocol.objects.current().engine is built
    assert built.version == "1"


def test_a_draft_is_built_anew_each_time() -> None:
    draft = a_protocol(small_document())
    assert not draft.engine.medicine_list[0].minimum_mg
    Medicine.objects.filter(protocol=draft).update(minimum_mg=5)
    assert draft.engine.medicine_list[0].minimum_mg == 5


def test_rows_that_were_tampered_with_are_never_asked() -> None:
    protocol = publish(small_document())
    with guards.lifted(connection):
        Medicine.objects.filter(protocol=protocol).update(name="placebo")
    with pytest.raises(ProtocolAltered, match="does not say what was published"):
        _ = protocol.engine


def test_rows_read_well() -> None:
    protocol = a_protocol(small_document())
    assert str(protocol) == "Small, version 1"
    assert [str(row) for row in protocol.medicine_set.all()] == ["diazepam"]
    assert str(protocol.clause_set.get(page__slug="tried")) == "low = yes"
    assert [str(part) for part in protocol.scorepart_set.all()] == ["wish-1", "a rule"]
    assert str(protocol.band_set.first()) == "0 to 1: none"
    assert str(protocol.citation_set.get(criterion__code="u-wish")) == "S2"
    assert str(protocol.source_set.first()) == "S1: The clinic"
    assert str(protocol.criterion_set.get(code="u-wish")).startswith("u-wish: Wished")
    assert str(protocol.indication_set.get()) == "Low mood"
    assert str(protocol.section_set.get()) == "First"
    assert str(protocol.page_set.first()) == "Your mood"
    assert str(protocol.item_set.get(link_id="low")) == "low: Do you feel low?"
    assert str(protocol.item_set.get(page__slug="mood", instrument="wish")) == "wish-1"
    assert str(protocol.instrument_set.get()) == "Wish scale"
    assert str(protocol.score_set.get()) == "Wish scale, total"
    assert str(protocol.answeroption_set.first()) == "No"
