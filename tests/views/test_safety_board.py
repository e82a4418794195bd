"""The board says whom to call; only clinicians read why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from screening.models import AuditEvent, Outbox, Protocol, Response, Role, SafetyAlert
from screening.services import answering
from screening.services.mail import delivering
from screening.services.safety import drilling, owning
from screening.services.upkeep import readiness
from tests import patients

ON_THE_ROTA = [Role.FRONT_DESK, Role.REVIEWER, Role.LEAD]
TOLD = "Answered that they are not safe now, or have hurt themselves"


@pytest.fixture
def alert(protocol: Protocol) -> SafetyAlert:
    patients.draft(protocol, **{"safe-now": "no", "contact-ok": ["call", "voicemail"]})
    return SafetyAlert.objects.get()


def desk(role: Role = Role.REVIEWER) -> Client:
    client = Client()
    client.force_login(patients.person(role, name=f"who-{role}"))
    return client


def page(alert: SafetyAlert, act: str = "") -> str:
    return f"/staff/alert/{alert.pk}/" + (f"?act={act}" if act else "")


def text(shown: Any) -> str:
    return " ".join(shown.text.partition("<main")[2].split())


@pytest.mark.parametrize("role", ON_THE_ROTA)
def test_the_board_lists_what_is_open_and_whose_it_is(
    alert: SafetyAlert, role: Role
) -> None:
    shown = text(desk(role).get("/staff/safety/"))
    assert "tier c" in shown and "With nobody." in shown
    assert "<b>1</b> open alert" in shown


@pytest.mark.parametrize("role", ON_THE_ROTA)
def test_whoever_is_on_the_rota_sees_whom_to_call(
    alert: SafetyAlert, role: Role
) -> None:
    shown = text(desk(role).get(page(alert)))
    for said in ("Ada Quill", "555-0100", "Leave a short voice message", "Call now"):
        assert said in shown


def test_the_front_desk_sees_no_answer_and_no_criterion(alert: SafetyAlert) -> None:
    answering.save_page(alert.response_id, answers={"safe-now": "yes"})
    answering.save_page(alert.response_id, answers={"safe-now": "hurt"})
    by = patients.person()
    owning.record_contact(
        alert.pk, by=by, how="phone", outcome="reached", note="Has pills at home."
    )
    shown = text(desk(Role.FRONT_DESK).get(page(alert)))
    rules = alert.response.protocol.engine
    said = [option.text for option in rules.item["safe-now"].options]
    secret = [rules.item["safe-now"].text, *said, TOLD, "pills", "changed", "again"]
    assert [words for words in secret if words in shown] == []
    assert "By phone: Reached" in shown


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.LEAD])
def test_a_clinician_reads_the_answer_and_what_was_taken_back(
    alert: SafetyAlert, role: Role
) -> None:
    answering.save_page(alert.response_id, answers={"safe-now": "yes"})
    rules = alert.response.protocol.engine.item["safe-now"]
    first, now = (
        next(option.text for option in rules.options if option.code == code)
        for code in ("no", "yes")
    )
    shown = text(desk(role).get(page(alert)))
    assert TOLD in shown and rules.text in shown
    assert f"First <q>{first}</q>, now <q>{now}</q>" in shown


def test_an_alert_without_a_phone_says_so(protocol: Protocol) -> None:
    response = answering.begin(protocol=protocol, answers={})
    answering.save_page(response.pk, answers={"safe-now": "no"})
    shown = text(desk().get(page(SafetyAlert.objects.get())))
    assert "No contact given" in shown and "No name given" in shown


def test_each_opening_is_on_record_before_anything_is_read(alert: SafetyAlert) -> None:
    desk(Role.FRONT_DESK).get(page(alert))
    event = AuditEvent.objects.get(action="alert.viewed")
    assert event.object_id == str(alert.pk)
    assert event.actor is not None and event.actor.role == Role.FRONT_DESK


def test_without_a_record_only_whom_to_call_is_shown(
    alert: SafetyAlert, caplog: pytest.LogCaptureFixture
) -> None:
    def no_audit(execute: Any, sql: str, *rest: Any) -> Any:
        if "auditevent" in sql and sql.startswith("INSERT"):
            raise OperationalError("disk full")
        return execute(sql, *rest)

    client = desk()
    with connection.execute_wrapper(no_audit):
        shown = text(client.get(page(alert)))
    assert "could not be recorded" in shown and "555-0100" in shown
    assert TOLD not in shown and "I take it" not in shown
    assert str(alert.pk) in caplog.text and "Ada" not in caplog.text


def test_an_alert_is_taken_tried_and_closed(alert: SafetyAlert) -> None:
    client = desk()
    assert client.post(page(alert, "own")).status_code == 302
    tried = {"how": "phone", "outcome": "left-message", "note": "Will try at 3."}
    assert client.post(page(alert, "try"), tried).status_code == 302
    shown = text(client.get(page(alert)))
    assert "By phone: Left a message. <span" in shown and "Will try at 3." in shown
    assert client.post(page(alert, "close"), {"reason": "in-care"}).status_code == 302
    alert.refresh_from_db()
    assert alert.closed_at and alert.owner and alert.owner.role == Role.REVIEWER
    assert "Closed in the last 7 days: 1" in text(client.get("/staff/safety/"))


def test_the_front_desk_takes_and_tries_but_does_not_close(alert: SafetyAlert) -> None:
    client = desk(Role.FRONT_DESK)
    assert client.post(page(alert, "own")).status_code == 302
    tried = {"how": "text", "outcome": "no-answer", "note": "My own note."}
    assert client.post(page(alert, "try"), tried).status_code == 302
    assert "My own note." in text(client.get(page(alert)))
    assert client.post(page(alert, "close"), {"reason": "in-care"}).status_code == 404
    assert "Close it" not in text(client.get(page(alert)))


@pytest.mark.parametrize("act", ["try", "close"])
def test_what_is_missing_is_said_and_what_was_written_is_kept(
    alert: SafetyAlert, act: str
) -> None:
    answer = desk().post(page(alert, act), {"note": "She is with her aunt."})
    assert answer.status_code == 422
    assert "Choose" in text(answer) and "She is with her aunt." in text(answer)


@pytest.mark.parametrize("act", ["own", "try", "close"])
def test_nothing_is_written_to_an_alert_that_somebody_closed(
    alert: SafetyAlert, act: str
) -> None:
    client, by = desk(), patients.person()
    owning.close(alert.pk, by=by, reason="in-care")
    said = {"how": "phone", "outcome": "reached", "reason": "mistake"}
    answer = client.post(page(alert, act), said)
    assert answer.status_code == 409
    assert "in the meantime" in text(answer)


def test_an_act_that_nobody_knows_is_not_found(alert: SafetyAlert) -> None:
    assert desk().post(page(alert, "delete")).status_code == 404


def test_what_cannot_be_read_is_said(alert: SafetyAlert, settings: Any) -> None:
    client = desk()
    settings.VAULT_KEYS = {name: bytes(32) for name in settings.VAULT_KEYS}
    answer = client.get(page(alert))
    assert answer.status_code == 500
    assert "cannot be read" in text(answer)


def test_drills_are_on_no_board_but_their_arrival_is(protocol: Protocol) -> None:
    client = desk(Role.LEAD)
    assert "No daily drill has arrived" in text(client.get("/staff/safety/"))
    drilling.drill_if_due()
    delivering.deliver_next()
    shown = text(client.get("/staff/safety/"))
    assert "The daily drill last arrived" in shown
    assert "No alert is open" in shown and "Closed in the last" not in shown
    assert "(0 in all)" in shown


def test_the_lead_sees_how_often_each_rule_sounds(
    alert: SafetyAlert, protocol: Protocol
) -> None:
    for _ in range(3):
        patients.draft(protocol)
    answering.save_page(alert.response_id, answers={"safe-now": "hurt"})
    shown = text(desk(Role.LEAD).get("/staff/safety/"))
    assert "<dt>u-not-safe</dt><dd>25.0</dd>" in shown
    assert AuditEvent.objects.filter(action="alerts.tallied").exists()
    assert "u-not-safe" not in text(desk(Role.REVIEWER).get("/staff/safety/"))


@pytest.mark.parametrize("path", ["/staff/safety/", "/staff/account/2fa/"])
def test_every_page_of_the_staff_says_what_is_amiss(
    alert: SafetyAlert, path: str
) -> None:
    before = timezone.now() - timedelta(hours=1)
    Outbox.objects.update(created_at=before, due_at=before)
    shown = desk().get(path).text
    assert "The worker is silent" in shown
    assert "could not be delivered" in shown
    assert "1 open safety alert" in shown


def test_patients_and_strangers_read_nothing_of_it(alert: SafetyAlert) -> None:
    for path in ("/", "/staff/account/login/"):
        shown = Client().get(path).text
        assert "worker" not in shown and "open safety alert" not in shown


def test_a_patients_page_pays_for_no_warning(
    protocol: Protocol, django_assert_max_num_queries: Any
) -> None:
    readiness.why_closed()  # looks at a protocol once in the life of a process
    with django_assert_max_num_queries(2):
        Client().get("/")


def test_an_erased_case_has_no_alert_page(alert: SafetyAlert) -> None:
    client = desk()
    Response.objects.filter(pk=alert.response_id).update(wrapped_key=b"")
    assert client.get(page(alert)).status_code == 404
