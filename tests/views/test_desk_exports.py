"""What leaves the desk: complete, on record, and never a formula."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from screening.models import AuditEvent, Protocol, Response, Role, guards
from screening.services import reviewing
from screening.services.desk import assigning
from screening.services.safety import owning
from screening.views.export import cells, lists
from tests import patients
from tests.views.desk import clinician, signed_in_just_now, text, truths

pytestmark = pytest.mark.django_db

BEFORE = ("", " ", "\ufeff", "\u202e", "\u200b", "\u3000", "\u00a0", "\u2066 ")
FORMULAS = (
    *("=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|'/c calc'!A0"),
    *("\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20SUM(1)", "\ufe66 1", "\u22121"),
)
PAYLOADS = [
    *(before + formula for before in BEFORE[:4] for formula in FORMULAS[:8]),
    *(before + "=1" for before in BEFORE[4:]),
    *("\t=1", "\r=1", "\x00=1", "\n=1", "\ufeff\t1", *FORMULAS[8:]),
]
# PostgreSQL keeps no NUL in a text.
STORABLE = [payload for payload in PAYLOADS if "\0" not in payload]


@pytest.fixture
def lead() -> Client:
    return signed_in_just_now(clinician(Role.LEAD, "cedar"))


def table(client: Client, which: str) -> list[dict[str, str]]:
    page: Any = client.get(f"/staff/lists/{which}.csv")
    written = b"".join(page.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(written, newline="")))


def is_formula(cell: str) -> bool:
    return cells.cell(cell) != cell


def test_there_are_at_least_forty_payloads() -> None:
    assert len(set(PAYLOADS)) >= 40


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_a_formula_gets_a_quote_before_it(payload: str) -> None:
    assert cells.cell(payload) == f"'{payload}"
    assert cells.cell([payload, "more"]) == f"'{payload}; more"


@pytest.mark.parametrize("plain", ["", "Ash", "a=b", "5", "  text", "Ｅ", "'=1"])
def test_what_is_no_formula_stays_as_it_is(plain: str) -> None:
    assert cells.cell(plain) == plain


def test_a_list_is_checked_after_it_was_joined() -> None:
    assert cells.cell(["", "=1"]) == "; =1"
    assert cells.cell(["=1"]) == "'=1"


def test_no_payload_leaves_the_desk_as_a_formula(
    lead: Client, protocol: Protocol
) -> None:
    for place, payload in enumerate(STORABLE):
        response = patients.sent(protocol)
        hostile = patients.person(name=f"p{place}")
        hostile.first_name = payload
        hostile.save()
        assigning.assign(response.pk, to=hostile, by=hostile)
        flags = [{"kind": "stop", "code": "x", "words": payload}]
        response.summary = {"flags": flags, "met": [payload], "unknown": [payload]}
        with guards.lifted(connection):
            response.save(update_fields=["sealed_summary"])
    rows = table(lead, "queue")
    assert len(rows) == len(STORABLE)
    for row in rows:
        assert not any(is_formula(cell) for cell in row.values())
    assert {row["Met"] for row in rows} == {f"'{payload}" for payload in STORABLE}


def test_a_list_is_complete_and_says_what_was_decided(
    lead: Client, protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "AT_ONCE", 2)
    cases = [patients.sent(protocol) for _ in range(5)]
    by = patients.person()
    for case in cases[:3]:
        decided = {"decision": "ask-for-more", "reason": "records-needed"}
        reviewing.sign(case.pk, by=by, version=case.version, **decided)
    assert len(table(lead, "queue")) == 2
    history = table(lead, "history")
    assert [row["Last decision"] for row in history] == ["Ask for more"] * 3
    assert history[0]["Met"] == "Treatment-resistant depression"
    events = AuditEvent.objects.filter(action="responses.exported")
    assert [each.meta["list"] for each in events] == ["queue", "history"]


def test_a_list_says_why_what_was_not_sent_alarmed_and_who_has_it(
    lead: Client, protocol: Protocol
) -> None:
    draft = patients.draft(protocol, asq_3="yes")
    owning.acknowledge(draft.alerts.get().pk, by=patients.person(name="birch"))
    (row,) = table(lead, "queue")
    assert "Answered yes to at least one of ASQ items 1 to 4" in row["Safety findings"]
    assert (row["Sent"], row["With"], row["Alert with"]) == ("", "", "birch")


def test_what_does_not_open_keeps_its_line(lead: Client, protocol: Protocol) -> None:
    shut, erased = patients.sent(protocol), patients.sent(protocol)
    with guards.lifted(connection):
        Response.objects.filter(pk=shut.pk).update(sealed_summary=b"x" * 40)
    Response.objects.filter(pk=erased.pk).update(wrapped_key=b"")
    said = {row["Safety findings"] for row in table(lead, "queue")}
    assert said == {"Cannot be opened", "Erased"}


def test_there_is_no_other_list(lead: Client) -> None:
    assert lead.get("/staff/lists/everything.csv").status_code == 404


@pytest.mark.parametrize("path", ["case/{key}/export.json", "lists/queue.csv"])
def test_a_file_asks_for_the_password_again(protocol: Protocol, path: str) -> None:
    response = patients.sent(protocol)
    page = clinician(Role.LEAD).get("/staff/" + path.format(key=response.pk))
    assert page["Location"].startswith("/staff/account/reauthenticate/")
    assert not AuditEvent.objects.filter(action__contains="export").exists()


def test_a_case_as_a_file_holds_all_that_is_known(
    lead: Client, protocol: Protocol
) -> None:
    response = patients.sent(protocol)
    page = lead.get(f"/staff/case/{response.pk}/export.json")
    held = json.loads(page.content)
    assert page["Content-Disposition"] == (
        f'attachment; filename="{response.reference}.json"'
    )
    answers = {each["link_id"]: each["answer"] for each in held["answers"]}
    assert answers == response.answers
    assert AuditEvent.objects.filter(action="response.exported").count() == 1


def test_the_basis_says_what_is_known_unknown_and_who_signed(
    protocol: Protocol,
) -> None:
    desk = clinician()
    response = patients.sent(protocol, "p51-not-sure-about-the-heart-list")
    page = desk.get(f"/staff/case/{response.pk}/basis/")
    said = text(page)
    for part in ("Intended use", "What went in", "What is known", "Limits", "Sources"):
        assert part in said
    assert "Not signed by anybody yet." in said
    assert "Reports an aneurysm" in said.split("What is unknown")[1]
    assert protocol.content_hash[:16] in said and "Printed" in said
    assert truths([context.flatten() for context in page.context]) == []
    assert AuditEvent.objects.filter(action="response.printed").count() == 1
    decided = {"decision": "ask-for-more", "reason": "records-needed"}
    by = patients.person(name="birch")
    reviewing.sign(response.pk, by=by, version=response.version, note="Ask.", **decided)
    assert "Signed by birch" in text(desk.get(f"/staff/case/{response.pk}/basis/"))


def test_the_basis_of_a_draft_says_that_nothing_was_judged(protocol: Protocol) -> None:
    draft = patients.draft(protocol, **{"asq-3": "yes"})
    said = text(clinician().get(f"/staff/case/{draft.pk}/basis/"))
    assert "Not judged before it is sent" in said and "Not sent yet" in said


@pytest.mark.parametrize("leaf", ["basis/", "export.json"])
def test_anothers_case_leaves_the_desk_with_a_reason_alone(
    protocol: Protocol, leaf: str
) -> None:
    response = patients.sent(protocol)
    birch = patients.person(name="birch")
    assigning.assign(response.pk, to=birch, by=birch)
    desk = signed_in_just_now(clinician())
    assert "birch has case" in text(desk.get(f"/staff/case/{response.pk}/{leaf}"))


@pytest.mark.parametrize("leaf", ["basis/", "export.json"])
def test_what_cannot_be_opened_does_not_leave_the_desk(
    protocol: Protocol, leaf: str
) -> None:
    response = patients.sent(protocol)
    with guards.lifted(connection):
        Response.objects.filter(pk=response.pk).update(sealed_answers=b"x" * 40)
    desk = signed_in_just_now(clinician())
    page = desk.get(f"/staff/case/{response.pk}/{leaf}")
    assert page.status_code == 500 and "cannot be opened" in text(page).lower()
