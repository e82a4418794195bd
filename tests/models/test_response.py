"""A response: sealed answers, paired columns, and its place in the queue."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from screening import vault
from screening.models import Protocol, Response
from tests.records import ANSWERS, a_draft, a_sent_response, an_alerted_draft

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def test_answers_are_sealed_and_open_again(protocol: Protocol) -> None:
    response = Response.objects.get(pk=a_draft(protocol).pk)
    assert response.answers == ANSWERS
    assert response.document["resume_code"] == "A1"
    assert b"wish" not in bytes(response.sealed_answers)


def test_a_summary_is_sealed_apart(protocol: Protocol) -> None:
    response = a_draft(protocol)
    assert response.summary is None
    response.summary = {"flags": ["u-wish"]}
    response.save()
    assert Response.objects.get(pk=response.pk).summary == {"flags": ["u-wish"]}


def test_answers_of_one_response_do_not_open_in_another(protocol: Protocol) -> None:
    one, other = a_draft(protocol), a_draft(protocol)
    one.sealed_answers = other.sealed_answers
    with pytest.raises(vault.Unreadable):
        _ = one.answers


def test_a_summary_does_not_pass_for_the_answers(protocol: Protocol) -> None:
    response = a_draft(protocol)
    response.summary = {"answers": {}}
    response.sealed_answers = response.sealed_summary
    with pytest.raises(vault.Unreadable):
        _ = response.answers


def test_an_erased_response_stays_and_never_opens(protocol: Protocol) -> None:
    response = a_sent_response(protocol)
    assert not response.is_erased
    Response.objects.filter(pk=response.pk).update(wrapped_key=b"")
    response.refresh_from_db()
    assert response.is_erased
    with pytest.raises(vault.Unreadable):
        _ = response.answers


@pytest.mark.parametrize(
    "columns",
    [
        {"status": "eligible"},
        {"status": "completed"},
        {"status": "stopped"},
        {"submitted_at": NOW, "priority": 6, "due_at": NOW},
        {"status": "stopped", "stopped_at": NOW, "submitted_at": NOW},
        {"status": "completed", "submitted_at": NOW, "due_at": NOW},
        {"status": "completed", "submitted_at": NOW, "priority": 6},
        {"highest_tier": "b"},
        {"highest_tier": "d", "priority": 1, "due_at": NOW},
        {"priority": 7},
        {"reviewed_at": NOW},
    ],
    ids="-".join,
)
def test_columns_that_disagree_are_refused(
    protocol: Protocol, columns: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        a_draft(protocol, **columns)


def test_a_response_never_amends_itself(protocol: Protocol) -> None:
    response = a_draft(protocol)
    with pytest.raises(IntegrityError, match="amend"), transaction.atomic():
        Response.objects.filter(pk=response.pk).update(amends=response.pk)


@pytest.mark.parametrize("column", ["reference", "send_key", "resume_index"])
def test_what_finds_a_response_finds_one(protocol: Protocol, column: str) -> None:
    first = a_draft(protocol, resume_index="0" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_draft(protocol, **{column: getattr(first, column)})


def test_the_queue_holds_what_was_sent_or_alarmed_and_is_not_settled(
    protocol: Protocol,
) -> None:
    a_draft(protocol)
    a_sent_response(protocol, reviewed_at=NOW)
    sent, alarming = a_sent_response(protocol), an_alerted_draft(protocol)
    assert list(Response.objects.awaiting_review()) == [alarming, sent]


def test_the_most_pressing_comes_first_then_what_is_due_first(
    protocol: Protocol,
) -> None:
    later = a_sent_response(protocol, priority=3, due_at=NOW + timedelta(hours=1))
    sooner = a_sent_response(protocol, priority=3, due_at=NOW)
    emergency = a_sent_response(protocol, priority=0, due_at=NOW + timedelta(days=9))
    assert list(Response.objects.awaiting_review()) == [emergency, sooner, later]


def test_of_those_due_at_one_time_the_longest_waiting_comes_first(
    protocol: Protocol,
) -> None:
    waits = [timedelta(hours=hours) for hours in (1, 3, 2)]
    short, long, middle = (
        a_sent_response(protocol, due_at=NOW, saved_at=NOW - wait) for wait in waits
    )
    assert list(Response.objects.awaiting_review()) == [long, middle, short]


def test_each_lane_of_the_queue_is_read_by_its_index(protocol: Protocol) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    last = a_sent_response(protocol)
    for lane in Response.objects.awaiting_review().lanes(last):
        plan = lane[:50].explain()
        assert "response_queue" in plan and "Sort" not in plan, plan
        assert "TEMP B-TREE" not in plan, plan


def test_what_was_reviewed_is_history_latest_first(protocol: Protocol) -> None:
    first = a_sent_response(protocol, reviewed_at=NOW - timedelta(days=1))
    second = a_sent_response(protocol, reviewed_at=NOW)
    a_sent_response(protocol)
    assert list(Response.objects.reviewed()) == [second, first]


def test_drafts_sent_and_made_up_ones_are_told_apart(protocol: Protocol) -> None:
    draft = a_draft(protocol)
    sent = a_sent_response(protocol, is_synthetic=True)
    assert list(Response.objects.in_progress()) == [draft]
    assert list(Response.objects.sent()) == [sent]
    assert list(Response.objects.real()) == [draft]


def test_a_clinician_opens_what_was_sent_and_drafts_that_alarmed(
    protocol: Protocol,
) -> None:
    a_draft(protocol)
    sent, alarming = a_sent_response(protocol), an_alerted_draft(protocol)
    assert set(Response.objects.to_review()) == {sent, alarming}


def test_a_reference_is_found_however_it_is_typed(protocol: Protocol) -> None:
    response = a_draft(protocol, reference="7K3MXP9Q")
    assert response in Response.objects.by_reference(" 7k3mxp9q ")
    assert str(response) == "7K3MXP9Q"


@pytest.mark.parametrize(
    ("read", "index"),
    [("awaiting_review", "response_queue"), ("reviewed", "response_history")],
)
def test_queue_and_history_are_read_by_their_own_index(
    protocol: Protocol, read: str, index: str
) -> None:
    if connection.vendor == "postgresql":
        # With a handful of rows reading them all would be cheaper.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    plan = getattr(Response.objects, read)()[:50].explain()
    assert index in plan
    assert "TEMP B-TREE" not in plan and "Sort" not in plan
