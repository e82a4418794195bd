"""What is erased is gone for good, and what remains of it is said."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from screening import vault
from screening.models import AuditEvent, Outbox, Protocol, Response
from screening.services import answering, auditing
from screening.services.safety import owning
from screening.services.upkeep import erasing
from tests import patients
from tests.records import a_member_of_staff, a_review

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def records(settings: Any, tmp_path: Path) -> Path:
    settings.RECORDS = tmp_path / "records"
    return tmp_path / "records"


@pytest.fixture
def sent(protocol: Protocol) -> Response:
    return patients.sent(protocol)


def test_what_was_erased_cannot_be_read(sent: Response) -> None:
    a_review(sent, a_member_of_staff())
    erasing.erase(sent.reference)
    sent = Response.objects.get()
    assert sent.is_erased
    for opened in (
        lambda: sent.answers,
        lambda: sent.summary,
        lambda: sent.evaluations.get().result,
        lambda: sent.reviews.get().note,
    ):
        with pytest.raises(vault.Unreadable):
            opened()


def test_nobody_finds_it_by_name_or_code(protocol: Protocol, sent: Response) -> None:
    draft = patients.draft(protocol)
    for response in (sent, draft):
        erasing.erase(response.reference)
        response.refresh_from_db()
        assert (response.identity_index, response.resume_index) == ("", None)


def test_it_leaves_the_queue_and_tells_nobody(sent: Response) -> None:
    erasing.erase(sent.reference)
    assert not Response.objects.awaiting_review().exists()
    assert not Outbox.objects.waiting().exists()


def test_a_settled_response_keeps_the_time_of_its_review(sent: Response) -> None:
    at = timezone.now()
    Response.objects.filter(pk=sent.pk).update(reviewed_at=at)
    assert erasing.erase(sent.reference).reviewed_at == at


def test_an_erasure_is_on_record(sent: Response) -> None:
    person = a_member_of_staff()
    erasing.erase(sent.reference.lower(), by=person)
    event = AuditEvent.objects.get(action="response.erased")
    assert (event.actor, event.object_id) == (person, str(sent.pk))
    assert auditing.verify() == []


def test_nothing_is_erased_while_an_alert_is_open(protocol: Protocol) -> None:
    response = patients.draft(protocol, **{"safe-now": "no"})
    with pytest.raises(erasing.AlertOpen):
        erasing.erase(response.reference)
    assert erasing.listed() == set()
    for alert in response.alerts.all():
        owning.close(alert.pk, by=a_member_of_staff(), reason="reached-safe")
    assert erasing.erase(response.reference).is_erased


def test_what_is_erased_is_erased_once(sent: Response) -> None:
    erasing.erase(sent.reference)
    with pytest.raises(erasing.AlreadyErased):
        erasing.erase(sent.reference)
    assert AuditEvent.objects.filter(action="response.erased").count() == 1


def test_erasures_are_listed_apart_from_the_database(
    sent: Response, records: Path
) -> None:
    assert erasing.listed() == set()
    erasing.erase(sent.reference)
    assert erasing.listed() == {sent.pk}
    assert (records / "erased.txt").stat().st_mode & 0o077 == 0


def test_a_restore_erases_again_what_was_erased(sent: Response) -> None:
    key = sent.key
    erasing.erase(sent.reference)
    assert erasing.replay() == []
    Response.objects.filter(pk=sent.pk).update(wrapped_key=key.wrapped)
    assert erasing.replay() == [sent.pk]
    sent.refresh_from_db()
    assert sent.is_erased
    assert AuditEvent.objects.filter(action="response.erased-again").exists()


def test_a_patient_who_is_still_filling_it_in_has_no_draft_any_more(
    protocol: Protocol, client: Any
) -> None:
    draft = patients.draft(protocol)
    session = client.session
    session["draft"] = str(draft.pk)
    session.save()
    erasing.erase(draft.reference)
    assert client.get("/check/")["Location"] == "/resume/"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file of SQLite's")
def test_outside_a_transaction_the_log_is_emptied(sent: Response) -> None:
    assert erasing.erase(sent.reference).is_erased


def test_the_command_says_what_remains(sent: Response) -> None:
    out = StringIO()
    call_command("erase_response", sent.reference, stdout=out)
    said = json.loads(out.getvalue())
    assert said["erased"] == sent.reference
    assert any("audit trail" in line for line in said["remains"])
    with pytest.raises(CommandError, match="erased before"):
        call_command("erase_response", sent.reference)
    with pytest.raises(CommandError, match="No response"):
        call_command("erase_response", "NOWHERE0")


def test_the_command_refuses_while_an_alert_is_open(protocol: Protocol) -> None:
    response = answering.begin(protocol=protocol, answers={})
    answering.save_page(response.pk, answers={"safe-now": "no"})
    with pytest.raises(CommandError, match="An alert is open"):
        call_command("erase_response", response.reference)
