"""A lead changes a draft, and every key that changed has a name and a time."""

from __future__ import annotations

import copy

import pytest

from screening.engine.document import content_hash
from screening.models import AuditEvent, Clause, DraftChange, Protocol, Role, Staff
from screening.services import auditing
from screening.services.protocol import drafting
from screening.services.protocol.places import find, place_of
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


def lowered(draft: Protocol, answer: int = 1) -> Document:
    document = draft.document()
    criterion = find(document, "criterion", "low-severity")
    criterion["clauses"][0][0]["answer"] = answer
    return document


def test_a_draft_says_what_is_asked_under_the_next_number(draft: Protocol) -> None:
    assert (draft.status, draft.version) == ("draft", "1.1.0")
    document = draft.document()
    assert content_hash(document) == draft.content_hash
    document["protocol"]["version"] = "1.0.0"
    assert document == Protocol.objects.current().document()
    assert drafting.current() == draft


def test_there_is_one_draft_at_a_time(draft: Protocol, lead: Staff) -> None:
    with pytest.raises(drafting.NoDraft, match="already"):
        drafting.start(by=lead)


def test_a_number_that_is_taken_is_passed_over(lead: Staff) -> None:
    publish(small_document(version="1.1.0"))
    publish(small_document(version="1.0.0"))
    assert drafting.start(by=lead).version == "1.2.0"


def test_a_version_that_is_no_number_gets_one(lead: Staff) -> None:
    publish(small_document(version="first"))
    assert drafting.start(by=lead).version == "first.1"


def test_a_document_read_in_becomes_a_draft_where_nothing_is_asked(lead: Staff) -> None:
    Protocol.objects.filter(status="active").update(status="retired")
    draft = drafting.start(by=lead, document=small_document(version="3"))
    assert (draft.status, draft.version) == ("draft", "3")


def test_a_change_is_kept_key_by_key(draft: Protocol, lead: Staff) -> None:
    document = lowered(draft)
    find(document, "criterion", "low-severity")["rationale"] = "It matters."
    changes = drafting.save(draft, document, by=lead)
    assert [(c.kind, c.name, c.key) for c in changes] == [
        ("criterion", "low-severity", "clauses"),
        ("criterion", "low-severity", "rationale"),
    ]
    kept = DraftChange.objects.get(key="rationale")
    assert (kept.before, kept.after, kept.by) == (None, "It matters.", lead)
    draft.refresh_from_db()
    assert draft.document() == document
    assert draft.content_hash == content_hash(document)


def test_the_trail_holds_codes_and_no_words(draft: Protocol, lead: Staff) -> None:
    drafting.save(draft, lowered(draft), by=lead)
    event = AuditEvent.objects.get(action="draft.changed")
    change = DraftChange.objects.get()
    assert event.actor == lead
    assert event.meta == {
        "kind": "criterion",
        "name": "low-severity",
        "key": "clauses",
        "change": change.pk,
    }
    assert str(change) == "criterion low-severity: clauses"
    assert auditing.verify() == []


def test_a_change_back_is_a_change_too(draft: Protocol, lead: Staff) -> None:
    drafting.save(draft, lowered(draft), by=lead)
    drafting.save(draft, lowered(draft, 2), by=lead)
    assert DraftChange.objects.count() == 2
    assert drafting.save(draft, lowered(draft, 2), by=lead) == []


def test_what_comes_and_what_goes_is_kept_whole(draft: Protocol, lead: Staff) -> None:
    document = draft.document()
    document["medicines"] = [{"name": "heparin", "classes": ["none-known"]}]
    drafting.save(draft, document, by=lead)
    gone, come = DraftChange.objects.order_by("name")
    assert (gone.name, gone.after, gone.before["brands"]) == (
        "diazepam",
        None,
        ["Valium"],
    )
    assert (come.name, come.before) == ("heparin", None)


def test_many_changes_at_once_are_one_event(draft: Protocol, lead: Staff) -> None:
    document = draft.document()
    more = [{"name": f"m-{n}", "classes": ["none-known"]} for n in range(50)]
    document["medicines"] += more
    drafting.save(draft, document, by=lead)
    assert AuditEvent.objects.get(action="draft.rewritten").meta == {"changes": 50}


def test_a_change_on_an_old_reading_is_refused(draft: Protocol, lead: Staff) -> None:
    seen = draft.content_hash
    drafting.save(draft, lowered(draft), by=lead, seen=seen)
    with pytest.raises(drafting.DraftMoved):
        drafting.save(draft, lowered(draft, 0), by=lead, seen=seen)


def test_other_words_of_an_instrument_mark_it(draft: Protocol, lead: Staff) -> None:
    document = draft.document()
    as_it_was = copy.deepcopy(document)
    find(document, "wording", "wish-1")["text"] = "Do you wish to be dead?"
    drafting.save(draft, document, by=lead)
    instrument = draft.document()["instruments"][0]
    assert instrument["modified"] is True
    drafting.save(draft, as_it_was, by=lead)
    assert "modified" not in draft.document()["instruments"][0]


def test_a_draft_thrown_away_leaves_its_trail_alone(
    draft: Protocol, lead: Staff
) -> None:
    drafting.save(draft, lowered(draft), by=lead)
    drafting.discard(draft, by=lead)
    assert drafting.current() is None
    assert not DraftChange.objects.exists()
    assert not Clause.objects.filter(protocol=draft.pk).exists()
    assert AuditEvent.objects.filter(action="draft.discarded").exists()
    with pytest.raises(drafting.NoDraft):
        drafting.save(draft, small_document(), by=lead)


def test_each_place_is_found_by_its_name(draft: Protocol) -> None:
    document = draft.document()
    assert place_of(document, "u-wish") == ("criterion", "u-wish")
    assert place_of(document, "wish-1") == ("wording", "wish-1")
    assert place_of(document, "try-dose") == ("item", "try-dose")
    assert place_of(document, "nothing") is None
    with pytest.raises(KeyError):
        find(document, "item", "nothing")
