"""A clinic publishes a protocol: checked, written once, and asked from then on."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import ProtectedError

from screening.engine.document import canonical, content_hash
from screening.models import AuditEvent, Page, Protocol, Role
from screening.services.publishing import ProtocolRefused, publish
from tests.records import a_member_of_staff, a_protocol, a_sent_response
from tests.small_protocol import small_document

pytestmark = pytest.mark.django_db


def test_a_published_protocol_is_active_signed_and_says_the_document() -> None:
    lead = a_member_of_staff(Role.LEAD)
    protocol = publish(small_document(), by=lead)
    assert protocol.status == "active"
    assert protocol.published_at is not None
    assert protocol.published_by == lead
    assert protocol.content_hash == content_hash(small_document())
    assert protocol.document() == canonical(small_document())


def test_the_protocol_before_retires(protocol: Protocol) -> None:
    new = publish(small_document())
    protocol.refresh_from_db()
    assert protocol.status == "retired"
    assert Protocol.objects.current() == new


def test_publishing_twice_changes_nothing() -> None:
    first = publish(small_document())
    events, pages = AuditEvent.objects.count(), Page.objects.count()
    assert publish(small_document()) == first
    assert (AuditEvent.objects.count(), Page.objects.count()) == (events, pages)


def test_a_retired_protocol_comes_back_as_it_was() -> None:
    first = publish(small_document())
    publish(small_document(version="2"))
    again = publish(small_document())
    assert again == first
    assert again.published_at == first.published_at
    assert Protocol.objects.current() == first


def test_a_version_never_gets_another_content() -> None:
    first = publish(small_document())
    with pytest.raises(ProtocolRefused, match="raise its number"):
        publish(small_document(title="Other"))
    assert Protocol.objects.current() == first


def test_a_draft_of_the_same_content_is_published_in_place() -> None:
    draft = a_protocol(small_document())
    assert publish(small_document()) == draft
    assert Protocol.objects.current() == draft
    assert Protocol.objects.current().content_hash == content_hash(small_document())


def test_a_draft_of_another_content_keeps_its_version() -> None:
    a_protocol(small_document(title="Being edited"))
    with pytest.raises(ProtocolRefused, match="there with another content"):
        publish(small_document())


def test_mistakes_are_named_and_nothing_is_written(protocol: Protocol) -> None:
    document = small_document()
    document["safety"][0]["clauses"][0][0]["question"] = "wish-9"
    with pytest.raises(ProtocolRefused, match="wish-9") as refusal:
        publish(document)
    assert refusal.value.mistakes
    assert list(Protocol.objects.all()) == [protocol]


def test_what_the_database_cannot_keep_is_refused(protocol: Protocol) -> None:
    document = small_document()
    document["medicines"][0]["minimum_mg"] = 2**53 + 1
    with pytest.raises(ProtocolRefused, match="more digits than can be kept"):
        publish(document)
    document["medicines"][0]["minimum_mg"] = 2**80
    with pytest.raises(ProtocolRefused, match="cannot keep"):
        publish(document)
    assert list(Protocol.objects.all()) == [protocol]


def test_publishing_is_told_to_the_audit_trail(protocol: Protocol) -> None:
    lead = a_member_of_staff(Role.LEAD)
    new = publish(small_document(), by=lead)
    event = AuditEvent.objects.latest("seq")
    assert (event.action, event.actor, event.object_id) == (
        *("protocol.published", lead),
        str(new.pk),
    )
    assert event.meta == {
        "version": "1",
        "content_hash": new.content_hash,
        "retired": protocol.version,
    }


def test_publishing_by_command_names_the_command_line() -> None:
    publish(small_document())
    event = AuditEvent.objects.latest("seq")
    assert (event.actor, event.actor_label) == (None, "command line")


def test_a_response_stays_with_its_version(protocol: Protocol) -> None:
    response = a_sent_response(protocol)
    publish(small_document())
    response.refresh_from_db()
    assert response.protocol == protocol
    assert response.protocol.engine.version == protocol.version


def test_a_protocol_with_responses_is_never_deleted(protocol: Protocol) -> None:
    a_sent_response(protocol)
    with pytest.raises(ProtectedError):
        protocol.delete()


@pytest.mark.django_db(transaction=True)
def test_a_refusal_halfway_leaves_no_rows(document: dict[str, Any]) -> None:
    broken = small_document()
    broken["medicines"][0]["minimum_mg"] = 2**53 + 1
    with pytest.raises(ProtocolRefused):
        publish(broken)
    assert not Protocol.objects.filter(url=broken["protocol"]["url"]).exists()
    assert not Page.objects.filter(slug="mood").exists()
