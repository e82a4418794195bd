"""What is late stays late until it is done, and what was refused is said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from screening.models import Protocol, Response, Role, SafetyAlert, Staff, guards
from screening.services import reviewing
from screening.services.desk import assigning
from screening.services.safety import owning
from tests import patients
from tests.views.desk import case_text, clinician, text

pytestmark = pytest.mark.django_db

BANNER = "Most pressing with nobody: tier"


@pytest.fixture
def late(protocol: Protocol) -> SafetyAlert:
    alert: SafetyAlert = patients.draft(protocol, safe_now="no").alerts.get()
    with guards.lifted(connection):
        alert.raised_at = timezone.now() - timedelta(days=9)
        alert.save(update_fields=["raised_at"])
    return alert


def test_an_alert_that_was_only_taken_still_looks_late(late: SafetyAlert) -> None:
    desk = clinician()
    assert BANNER in text(desk.get("/staff/"))
    owning.acknowledge(late.pk, by=Staff.objects.get())
    board = desk.get("/staff/safety/")
    assert [row["overdue"] for row in board.context["open"]] == [True]
    shown = desk.get("/staff/").text
    assert "Most pressing: tier" in shown and BANNER not in shown
    owning.close(late.pk, by=Staff.objects.get(), reason="in-care")
    board = desk.get("/staff/safety/")
    assert [row["overdue"] for row in board.context["closed"]] == [False]


def test_a_decided_case_is_neither_waiting_nor_overdue(protocol: Protocol) -> None:
    response, desk = patients.sent(protocol), clinician()
    past = timezone.now() - timedelta(days=1)
    Response.objects.filter(pk=response.pk).update(due_at=past)
    assert "overdue" in case_text(desk, response)
    reviewing.sign(
        response.pk,
        by=Staff.objects.get(),
        version=response.version,
        decision="offer-consultation",
        reason="criteria-fit",
    )
    shown = case_text(desk, response)
    assert "overdue" not in shown and ", waiting" not in shown
    assert "Decided " in shown


def test_what_was_pressed_in_anothers_case_is_said_not_to_be_done(
    protocol: Protocol,
) -> None:
    response, desk = patients.sent(protocol), clinician()
    cedar = patients.person(Role.LEAD, "cedar")
    assigning.assign(response.pk, to=cedar, by=cedar)
    refused = "What you pressed was not done: cedar has this case."
    case = f"/staff/case/{response.pk}/"
    assert refused in text(desk.post(f"{case}review/"))
    assert refused not in text(desk.get(case))
    assert refused not in text(desk.post(f"{case}open/"))
