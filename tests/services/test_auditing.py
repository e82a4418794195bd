"""The audit trail: whatever is changed, taken out, slipped in or moved is found."""

from __future__ import annotations

import random
import threading
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from screening.models import AuditEvent, Protocol, guards
from screening.services import auditing
from tests.records import a_member_of_staff, an_audit_event

pytestmark = pytest.mark.django_db

TAMPERINGS = 1000


def test_an_event_says_who_did_what_to_which_and_follows_the_last(
    protocol: Protocol,
) -> None:
    person, before = a_member_of_staff(), auditing.head()
    event = auditing.record(
        "protocol.viewed", actor=person, subject=protocol, page="criteria", rows=3
    )
    event.refresh_from_db()
    assert (event.actor, event.actor_label) == (person, "")
    assert (event.object_type, event.object_id) == ("protocol", str(protocol.pk))
    assert event.meta == {"page": "criteria", "rows": 3}
    assert (event.previous_mac, event.mac) == (before, auditing.head())


def test_an_event_may_speak_of_nothing_in_particular() -> None:
    event = auditing.record("backup.made", actor_label="worker")
    assert (event.object_type, event.object_id) == ("", "")


def test_ids_are_written_as_text() -> None:
    one = uuid.uuid4()
    assert auditing.record("response.viewed", evaluation=one).meta == {
        "evaluation": str(one)
    }


def test_words_of_a_patient_have_no_place_in_it() -> None:
    with pytest.raises(ValueError, match="ids and codes, not words"):
        auditing.record("response.saved", note="I have not slept since " + "x" * 80)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded() -> None:
    before = auditing.head()
    with pytest.raises(TransactionManagementError, match="belongs in the transaction"):
        auditing.record("response.viewed")
    assert auditing.head() == before


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_recorded() -> None:
    before = auditing.head()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        auditing.record("response.viewed")
        raise ZeroDivisionError
    assert auditing.verify() == []
    assert auditing.head() == before


def test_a_whole_chain_has_no_problems() -> None:
    for _ in range(3):
        an_audit_event()
    assert auditing.verify() == []
    assert auditing.verify(known_head=auditing.head()) == []


def test_the_order_of_events_is_that_of_writing_whatever_the_clock_says() -> None:
    an_audit_event()
    later = timezone.now() - timedelta(days=366)
    event = an_audit_event()
    with guards.lifted(connection):
        AuditEvent.objects.filter(pk=event.pk).update(at=later)
        event.refresh_from_db()
        AuditEvent.objects.filter(pk=event.pk).update(mac=event.expected_mac())
    assert auditing.verify() == []


def test_the_chain_cannot_fork() -> None:
    event = an_audit_event()
    event.pk, event.mac = None, "0" * 64
    with pytest.raises(IntegrityError), transaction.atomic():
        event.save(force_insert=True)


def test_a_tail_that_was_cut_off_shows_by_the_head_known_elsewhere() -> None:
    an_audit_event()
    known = an_audit_event().mac
    with guards.lifted(connection):
        AuditEvent.objects.filter(mac=known).delete()
    assert auditing.verify() == []
    assert auditing.verify(known_head=known) == [
        "The known head is not in the chain: its tail was cut off."
    ]


def _change(events: list[AuditEvent], chance: random.Random) -> None:
    column, value = chance.choice(
        [
            ("at", timezone.now() + timedelta(seconds=1)),
            ("actor_label", "somebody else"),
            ("action", "response.closed"),
            ("object_type", "other"),
            ("object_id", "other"),
            ("meta", {"n": -1}),
            ("mac", f"{chance.getrandbits(256):064x}"),
            ("previous_mac", f"{chance.getrandbits(256):064x}"),
        ]
    )
    one = chance.choice(events)
    AuditEvent.objects.filter(pk=one.pk).update(**{column: value})


def _take_out(events: list[AuditEvent], chance: random.Random) -> None:
    AuditEvent.objects.filter(pk=chance.choice(events[:-1]).pk).delete()


def _slip_in(events: list[AuditEvent], chance: random.Random) -> None:
    one = chance.choice(events)
    AuditEvent.objects.filter(pk__gt=one.pk).update(seq=F("seq") + 10_000)
    forged = AuditEvent(seq=one.pk + 1, action="response.viewed", previous_mac="f")
    forged.mac = f"{chance.getrandbits(256):064x}"
    forged.save(force_insert=True)


def _swap(events: list[AuditEvent], chance: random.Random) -> None:
    one, other = chance.sample(events, 2)
    rows = AuditEvent.objects
    rows.filter(pk=one.pk).update(seq=1_000_000)
    rows.filter(pk=other.pk).update(seq=one.pk)
    rows.filter(pk=1_000_000).update(seq=other.pk)


def test_every_tampering_is_found() -> None:
    events = [an_audit_event(n=number) for number in range(12)]
    chance = random.Random(22)
    ways: list[Callable[[list[AuditEvent], random.Random], None]] = [
        *(_change, _take_out, _slip_in, _swap)
    ]
    with guards.lifted(connection):
        for _ in range(TAMPERINGS):
            before = transaction.savepoint()
            way = chance.choice(ways)
            way(events, chance)
            assert auditing.verify(), way.__name__
            transaction.savepoint_rollback(before)
    assert auditing.verify() == []


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_make_one_chain() -> None:
    def write() -> None:
        for _ in range(10):
            an_audit_event()
        connection.close()

    before = AuditEvent.objects.count()
    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert AuditEvent.objects.count() == before + 40
    assert auditing.verify() == []
