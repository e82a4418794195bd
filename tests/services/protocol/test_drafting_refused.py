"""What no version can say is refused with the reason, and changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection

from screening.engine.document import ProtocolError, content_hash
from screening.models import DraftChange, Protocol, Role, Staff
from screening.services.protocol import drafting
from screening.services.protocol.places import file_of, find, place_of
from screening.services.publishing import publish
from tests.records import a_member_of_staff
from tests.small_protocol import Document, small_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Staff:
    return a_member_of_staff(Role.LEAD)


@pytest.fixture
def draft(lead: Staff) -> Protocol:
    publish(small_document(version="1.0.0"))
    return drafting.start(by=lead)


@pytest.mark.parametrize("change", [{"slug": "mood"}, {"title": "Your mood"}])
def test_a_name_that_is_there_twice_is_refused(
    draft: Protocol, lead: Staff, change: dict[str, str]
) -> None:
    document, before = draft.document(), draft.content_hash
    document["sections"][0]["page"][1] |= change
    with pytest.raises(ProtocolError, match="there twice"):
        drafting.save(draft, document, by=lead)
    draft.refresh_from_db()
    assert draft.content_hash == content_hash(draft.document()) == before
    assert not DraftChange.objects.exists()


@pytest.mark.parametrize(
    ("kind", "name", "change", "told"),
    [
        (
            "item",
            "tries",
            {"max_rows": 2**80},
            "rows is a whole number from 0 to 32767",
        ),
        ("item", "tries", {"max_rows": 2.5}, "max rows is a whole number"),
        ("item", "tries", {"role": "r" * 81}, "role can have 80 characters at most"),
        ("medicine", "diazepam", {"minimum_mg": 2**53 + 1}, "more digits"),
        ("medicine", "diazepam", {"minimum_mg": 2**80}, "cannot keep version 1.1.0"),
        ("medicine", "diazepam", {"name": "d" * 501}, "500 characters at most"),
        (
            "protocol",
            "protocol",
            {"version": "9" * 41},
            "protocol: version can have 40",
        ),
        ("section", "first", {"code": "s" * 81}, "section “ssss"),
    ],
)
def test_what_no_column_can_hold_is_refused_with_its_place(
    draft: Protocol, lead: Staff, kind: str, name: str, change: Document, told: str
) -> None:
    document, before = draft.document(), draft.content_hash
    find(document, kind, name).update(change)
    with pytest.raises(ProtocolError, match=told):
        drafting.save(draft, document, by=lead)
    draft.refresh_from_db()
    assert draft.content_hash == content_hash(draft.document()) == before


def test_a_document_that_no_version_can_say_begins_no_draft(lead: Staff) -> None:
    publish(small_document(version="1"))
    document = small_document(version="2")
    document["sections"][0]["code"] = "s" * 81
    with pytest.raises(ProtocolError, match="code can have 80 characters at most"):
        drafting.start(by=lead, document=document)
    with pytest.raises(ProtocolError, match="version 1 is there already"):
        drafting.start(by=lead, document=small_document(version="1"))
    assert drafting.current() is None


def test_a_row_that_the_database_refuses_is_a_refusal_with_its_reason(
    draft: Protocol, lead: Staff
) -> None:
    def somebody_was_first(run: Any, sql: str, *more: Any) -> Any:
        if "screening_protocol" in sql and not sql.startswith("SELECT"):
            raise IntegrityError("UNIQUE constraint failed")
        return run(sql, *more)

    document = draft.document()
    find(document, "criterion", "low-severity")["rationale"] = "It matters."
    refused, told = connection.execute_wrapper, "the database cannot keep version"
    with refused(somebody_was_first), pytest.raises(ProtocolError, match=told):
        drafting.save(draft, document, by=lead)
    drafting.discard(draft, by=lead)
    with refused(somebody_was_first), pytest.raises(ProtocolError, match=told):
        drafting.start(by=lead)
    assert drafting.current() is None


def test_each_mistake_leads_to_the_file_that_says_it(draft: Protocol) -> None:
    document = draft.document()
    document["scores"] = [{"code": "own", "title": "Own", "kind": "sum", "minimum": 0}]
    found = {
        ("item", "tries"): "sections/first.toml",
        ("page", "mood"): "sections/first.toml",
        ("score", "wish-total"): "instruments/wish.toml",
        ("score", "own"): "scores.toml",
        ("indication", "low-mood"): "indications/low-mood.toml",
        ("protocol", "protocol"): "",
        ("item", "none"): "",
    }
    assert {place: file_of(document, *place) for place in found} == found
    assert place_of(document, "Your mood") == ("page", "mood")


def test_what_cannot_be_built_is_refused(draft: Protocol, lead: Staff) -> None:
    document = draft.document()
    find(document, "item", "wish-1")["instrument"] = "nope"
    with pytest.raises(ProtocolError, match="nope"):
        drafting.save(draft, document, by=lead)
