"""What was published, sent or signed is kept by the database itself."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from screening.models import (
    AuditEvent,
    Criterion,
    Evaluation,
    Medicine,
    Protocol,
    Response,
    Review,
    SafetyAlert,
)
from screening.models.documents import ROWS
from screening.models.rows import ProtocolRow
from screening.services.publishing import publish
from tests.records import (
    a_draft,
    a_member_of_staff,
    a_protocol,
    a_review,
    a_sent_response,
    an_alert,
    an_alert_event,
    an_alerted_draft,
    an_audit_event,
    an_evaluation,
)
from tests.small_protocol import small_document

pytestmark = pytest.mark.django_db

FROZEN = "published protocol never changes"
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite alone")
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="PostgreSQL alone"
)


@pytest.fixture
def small() -> Protocol:
    words = {"code": "help-first", "text": "We are glad that you are here."}
    return publish(small_document() | {"texts": [words]})


def refuses(match: str, change: object, *args: object, **kwargs: object) -> None:
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        change(*args, **kwargs)  # type: ignore[operator]


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)
def test_no_row_of_a_published_protocol_changes_goes_or_comes(
    small: Protocol, model: type[ProtocolRow]
) -> None:
    rows = model._default_manager.filter(protocol=small)
    row = rows.order_by("pk").first()
    assert row is not None
    refuses(FROZEN, rows.update, position=99)
    # Around Django, which would delete what hangs on the row first.
    refuses(FROZEN, rows._raw_delete, using="default")
    row.pk = None
    refuses(FROZEN, row.save, force_insert=True)


def test_a_row_cannot_be_slipped_from_a_draft_into_a_published_protocol(
    small: Protocol,
) -> None:
    draft = a_protocol(small_document(version="2"))
    rows = Medicine.objects.filter(protocol=draft)
    refuses(FROZEN, rows.update, protocol=small)
    refuses(FROZEN, Medicine.objects.filter(protocol=small).update, protocol=draft)


def test_a_draft_is_free_to_change_and_to_go(small: Protocol) -> None:
    draft = a_protocol(small_document(version="2"))
    Criterion.objects.filter(protocol=draft).update(statement="Better words")
    draft.delete()
    assert not Protocol.objects.filter(version="2").exists()


@pytest.mark.parametrize(
    "change", [{"version": "2"}, {"content_hash": "0" * 64}, {"status": "draft"}]
)
def test_of_a_published_protocol_only_active_and_retired_change(
    small: Protocol, change: dict[str, str]
) -> None:
    rows = Protocol.objects.filter(pk=small.pk)
    rows.update(status="retired")
    refuses(FROZEN, rows.update, **change)
    refuses(FROZEN, rows._raw_delete, using="default")
    rows.update(status="active")


def test_what_a_patient_sent_never_changes(small: Protocol) -> None:
    response = a_sent_response(small)
    rows = Response.objects.filter(pk=response.pk)
    for column, value in [
        ("sealed_answers", b"other"),
        ("sealed_summary", b"other"),
        ("submitted_at", timezone.now()),
        ("submitted_at", None),
        ("reference", "OTHER"),
    ]:
        refuses("patient sent never changes", rows.update, **{column: value})
    refuses("alarming response stays", rows._raw_delete, using="default")


def test_what_happens_to_a_sent_response_is_written_down(small: Protocol) -> None:
    response = a_sent_response(small)
    rows = Response.objects.filter(pk=response.pk)
    rows.update(key_id="newer", wrapped_key=b"", identity_index="", priority=2)
    rows.update(reviewed_at=timezone.now(), version=3, highest_tier="c")
    rows.update(status="entered-in-error")


def test_a_draft_is_rewritten_page_by_page_and_may_be_forgotten(
    small: Protocol,
) -> None:
    response = a_draft(small)
    response.document = {"answers": {}}
    response.save()
    response.delete()
    assert not Response.objects.exists()


def test_a_response_stays_with_the_version_it_began_under(small: Protocol) -> None:
    response = a_draft(small)
    rows = Response.objects.filter(pk=response.pk)
    other = publish(small_document(version="2"))
    refuses("stays what it began as", rows.update, protocol=other)
    refuses("stays what it began as", rows.update, is_synthetic=True)


def test_a_draft_that_alarmed_is_a_record(small: Protocol) -> None:
    rows = Response.objects.filter(pk=an_alerted_draft(small).pk)
    refuses("alarming response stays", rows._raw_delete, using="default")
    refuses("alert is never forgotten", rows.update, highest_tier="")
    rows.update(highest_tier="c")


def test_an_alert_changes_only_by_being_owned_and_closed(small: Protocol) -> None:
    alert = an_alert(an_alerted_draft(small))
    rows = SafetyAlert.objects.filter(pk=alert.pk)
    refuses("only owner and closing", rows.update, tier="a")
    refuses("only owner and closing", rows.update, sealed=b"other")
    refuses("never deleted", rows._raw_delete, using="default")
    rows.update(owner=a_member_of_staff(), closed_at=timezone.now())
    refuses("only owner and closing", rows.update, closed_at=None)


def test_testimony_is_appended_and_never_touched(small: Protocol) -> None:
    response = a_sent_response(small)
    testimony: list[tuple[models.Model, dict[str, object]]] = [
        (a_review(response, a_member_of_staff()), {"decision": "ask-for-more"}),
        (an_alert_event(an_alert(response), "withdrawn"), {"kind": "escalated"}),
        (an_evaluation(response), {"engine_version": "2"}),
        (an_audit_event(), {"action": "response.saved"}),
    ]
    for record, change in testimony:
        rows = type(record)._default_manager.filter(pk=record.pk)
        refuses("none is changed", rows.update, **change)
        refuses("none is changed", rows._raw_delete, using="default")


@on_sqlite
def test_replacing_a_row_does_not_slip_past(small: Protocol) -> None:
    event = an_audit_event()
    table = AuditEvent._meta.db_table
    columns = ", ".join(field.column for field in AuditEvent._meta.concrete_fields)
    replace = (
        f"INSERT OR REPLACE INTO {table} ({columns})"
        f" SELECT {columns.replace('action', repr('other'))} FROM {table}"
    )
    with connection.cursor() as cursor:
        refuses("none is changed", cursor.execute, replace)
    assert AuditEvent.objects.get(pk=event.pk).action == event.action


@on_postgresql
@pytest.mark.parametrize(
    "model", [AuditEvent, Review, Evaluation, Medicine, Response, Protocol]
)
def test_truncating_a_table_does_not_slip_past(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        statement = f"TRUNCATE {model._meta.db_table} CASCADE"
        refuses("never|none|stays", cursor.execute, statement)
