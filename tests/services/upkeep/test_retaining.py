"""A calm draft is kept for 30 days after its last page; a record is kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from screening.models import AuditEvent, Outbox, Protocol, Response, guards
from screening.services import answering, auditing
from screening.services.upkeep import heads, retaining
from tests import patients
from tests.records import an_audit_event

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2027, 3, 1, 15, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def records(settings: Any, tmp_path: Path) -> Path:
    settings.RECORDS = tmp_path / "records"
    return tmp_path / "records"


@pytest.fixture
def draft(protocol: Protocol) -> Response:
    with time_machine.travel(NOW, tick=False):
        return patients.draft(protocol)


def test_on_day_29_a_draft_is_still_there(draft: Response) -> None:
    with time_machine.travel(NOW + 29 * DAY):
        assert retaining.delete_old_drafts() == 0
    assert Response.objects.filter(pk=draft.pk).exists()


def test_on_day_31_it_is_gone_and_its_messages_too(draft: Response) -> None:
    Outbox.objects.create(kind="reminder", key="one", response=draft)
    with time_machine.travel(NOW + 31 * DAY):
        assert retaining.delete_old_drafts() == 1
    assert not Response.objects.exists()
    assert not Outbox.objects.exists()
    event = AuditEvent.objects.get(action="response.expired")
    assert event.object_id == str(draft.pk)
    assert auditing.verify() == []


def test_the_days_count_from_the_last_page(draft: Response) -> None:
    with time_machine.travel(NOW + 20 * DAY):
        answering.save_page(draft.pk, answers={"phone": "555-0101"})
    with time_machine.travel(NOW + 49 * DAY):
        assert retaining.delete_old_drafts() == 0


def test_a_draft_that_raised_an_alert_is_never_deleted(protocol: Protocol) -> None:
    with time_machine.travel(NOW):
        patients.draft(protocol, **{"safe-now": "no"})
    with time_machine.travel(NOW + 3650 * DAY):
        assert retaining.delete_old_drafts() == 0


def test_a_sent_response_is_never_deleted(protocol: Protocol) -> None:
    with time_machine.travel(NOW):
        patients.sent(protocol)
    with time_machine.travel(NOW + 3650 * DAY):
        assert retaining.delete_old_drafts() == 0


def test_many_drafts_go_in_batches(
    protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retaining, "BATCH", 2)
    with time_machine.travel(NOW):
        for _ in range(5):
            patients.draft(protocol)
    assert retaining.delete_old_drafts(at=NOW + 31 * DAY) == 5


def test_sessions_that_expired_are_forgotten(client: Any) -> None:
    old = timezone.now() - DAY
    Session.objects.create(session_key="old", session_data="", expire_date=old)
    retaining.forget_old_sessions()
    assert not Session.objects.exists()


def test_the_worker_keeps_all_this_up(draft: Response) -> None:
    call_command("run_worker", "--once")
    assert [head for _, head in heads.noted()] == [auditing.head()]


def test_a_head_is_noted_once_a_day() -> None:
    an_audit_event()
    with time_machine.travel(NOW):
        assert heads.note_head()
        an_audit_event()
        assert not heads.note_head()
    with time_machine.travel(NOW + DAY):
        assert heads.note_head()
    assert [day for day, _ in heads.noted()] == ["2027-03-01", "2027-03-02"]
    assert heads.lost() == []


def test_an_empty_chain_has_no_head_to_note() -> None:
    with guards.lifted(connection):
        AuditEvent.objects.all().delete()
    assert not heads.note_head()


def test_a_head_that_is_gone_is_told_by_its_day(records: Path) -> None:
    records.mkdir()
    (records / "audit-heads.txt").write_text(f"2027-03-01 {'0' * 64}\n")
    assert heads.lost() == ["2027-03-01"]
    with pytest.raises(Exception, match="The head of 2027-03-01 is gone"):
        call_command("verify_audit", "--noted")
