"""Whose case it is: another's opens with a reason, and the lead reads who opened it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from screening.models import AuditEvent, Protocol, Response, Role, Staff, guards
from screening.services.desk import assigning
from screening.services.safety import owning
from screening.views.desk import opened_page
from tests import patients
from tests.views.desk import case_text, clinician, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return clinician()


@pytest.fixture
def response(protocol: Protocol) -> Response:
    return patients.sent(protocol)


@pytest.fixture
def birch() -> Staff:
    return patients.person(name="birch")


def give(response: Response, to: Staff) -> None:
    assigning.assign(response.pk, to=to, by=to)


def viewed() -> int:
    return AuditEvent.objects.filter(action="response.viewed").count()


def test_i_take_a_case_and_it_says_so(desk: Client, response: Response) -> None:
    me = Staff.objects.get(username="ash")
    page = desk.post(f"/staff/case/{response.pk}/assign/", {"to": me.pk})
    assert page["Location"] == f"/staff/case/{response.pk}/"
    said = case_text(desk, response)
    assert "With ash" in said and "Given to ash, ash" in said
    assert "ash" in text(desk.get("/staff/")).split("Nobody")[0]


def test_a_case_is_given_away_and_given_back(
    desk: Client, response: Response, birch: Staff
) -> None:
    address = f"/staff/case/{response.pk}/assign/"
    assert desk.post(address, {"to": birch.pk})["Location"] == "/staff/"
    response.refresh_from_db()
    assert response.assignee == birch
    assigning.assign(response.pk, to=None, by=birch)
    assert "Given to nobody, birch" in case_text(desk, response)


def test_no_case_is_given_to_whoever_may_not_read_it(
    desk: Client, response: Response
) -> None:
    elm = patients.person(Role.FRONT_DESK, "elm")
    desk.post(f"/staff/case/{response.pk}/assign/", {"to": elm.pk})
    response.refresh_from_db()
    assert response.assignee is None


def test_anothers_case_asks_for_a_reason_before_anything_is_opened(
    desk: Client, response: Response, birch: Staff
) -> None:
    give(response, birch)
    said = case_text(desk, response)
    assert "birch has case" in said and "Ada" not in said
    assert viewed() == 0


def test_with_a_reason_it_opens_and_the_reason_is_on_record(
    desk: Client, response: Response, birch: Staff
) -> None:
    give(response, birch)
    desk.post(f"/staff/case/{response.pk}/open/", {"reason": "patient-called"})
    event = AuditEvent.objects.get(action=assigning.ANYWAY)
    assert event.meta == {"reason": "patient-called", "whose": birch.pk}
    said = case_text(desk, response)
    assert "Opened though somebody else has it: The patient has called, ash" in said


def test_a_reason_does_not_hold_for_ever(
    desk: Client, response: Response, birch: Staff
) -> None:
    give(response, birch)
    desk.post(f"/staff/case/{response.pk}/open/", {"reason": "covering"})
    with guards.lifted(connection):
        before = timezone.now() - assigning.HOLDS - timedelta(minutes=1)
        AuditEvent.objects.filter(action=assigning.ANYWAY).update(at=before)
    assert "birch has case" in case_text(desk, response)


@pytest.mark.parametrize("reason", ["", "curious"])
def test_without_a_reason_of_ours_it_stays_shut(
    desk: Client, response: Response, birch: Staff, reason: str
) -> None:
    give(response, birch)
    page = desk.post(f"/staff/case/{response.pk}/open/", {"reason": reason})
    assert page.status_code == 422 and "Choose why you open it." in text(page)


@pytest.mark.parametrize("act", ["review", "assign"])
def test_nothing_is_done_to_anothers_case_without_a_reason(
    desk: Client, response: Response, birch: Staff, act: str
) -> None:
    give(response, birch)
    typed = {"choice": "duplicate-or-spam/spam", "version": response.version}
    page = desk.post(f"/staff/case/{response.pk}/{act}/", typed | {"note": "Kept."})
    response.refresh_from_db()
    assert page.status_code == 403 and "Kept.</textarea>" in page.content.decode()
    assert response.assignee == birch and not response.reviews.exists()


def test_whoever_owns_its_alert_need_not_say_why(
    desk: Client, protocol: Protocol, birch: Staff
) -> None:
    response = patients.sent(protocol, "p45-thoughts-of-suicide-now")
    give(response, birch)
    ash = Staff.objects.get(username="ash")
    owning.acknowledge(response.alerts.get(tier="c").pk, by=ash)
    assert "Red flags" in case_text(desk, response)


def test_the_lead_reads_who_opened_what_and_why(
    desk: Client, response: Response, birch: Staff
) -> None:
    case_text(desk, response)
    give(response, birch)
    desk.post(f"/staff/case/{response.pk}/open/", {"reason": "covering"})
    lead = clinician(Role.LEAD, "cedar")
    said = text(lead.get("/staff/opened/"))
    assert "ash 2 1 1" in said and "Case opened" in said
    only = text(lead.get("/staff/opened/", {"only": "reasons"}))
    assert "I cover for them today" in only and "Case opened" not in only


def test_what_was_opened_is_read_page_by_page(
    desk: Client, response: Response, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened_page, "PAGE", 2)
    for _ in range(3):
        case_text(desk, response)
    lead = clinician(Role.LEAD, "cedar")
    first = lead.get("/staff/opened/")
    second = lead.get("/staff/opened/", {"before": first.context["before"]})
    assert len(first.context["rows"]) == 2 and len(second.context["rows"]) == 1
    assert lead.get("/staff/opened/", {"before": "9" * 40}).status_code == 200


def test_many_openings_are_read_with_as_few_queries_as_one(
    desk: Client, protocol: Protocol
) -> None:
    lead = clinician(Role.LEAD, "cedar")
    lead.get("/staff/opened/")
    counts = []
    for slug in ("p45-thoughts-of-suicide-now", "p48-attempt-last-month"):
        response = patients.sent(protocol, slug)
        case_text(desk, response)
        desk.get(f"/staff/alert/{response.alerts.first().pk}/")
        with CaptureQueriesContext(connection) as queries:
            lead.get("/staff/opened/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_opening_a_case_costs_the_same_whoever_has_been_there(
    desk: Client, response: Response
) -> None:
    counts = []
    for name in ("", "cedar", "elder", "fern"):
        if name:
            case_text(clinician(name=name), response)
        with CaptureQueriesContext(connection) as queries:
            case_text(desk, response)
        counts.append(len(queries))
    assert len(set(counts[1:])) == 1
