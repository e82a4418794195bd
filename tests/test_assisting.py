"""Staff fill in for a patient on the phone: theirs the answers, ours the record."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from screening.models import AuditEvent, Protocol, Response, Role, SafetyAlert, Staff
from screening.views.access import DRAFT
from tests import patients, walking
from tests.views.desk import case_text, clinician, text

ANSWERS = patients.answers_of("p01-two-antidepressants-failed")


@pytest.fixture
def elm(protocol: Protocol) -> Client:
    """Somebody of the front desk, who has begun for a patient."""
    client = clinician(Role.FRONT_DESK, "elm")
    assert client.post("/staff/assist/")["Location"] == "/begin/"
    return client


def begun(client: Client, protocol: Protocol, answers: Any = ANSWERS) -> Response:
    walking.begin(client, protocol.engine, answers)
    return Response.objects.get()


def test_what_is_written_down_for_a_patient_says_by_whom(
    elm: Client, protocol: Protocol
) -> None:
    walking.walk(elm, protocol.engine, ANSWERS)
    response = walking.send(elm)
    who = Staff.objects.get(username="elm")
    assert response.recorded_by == who
    assert response.answers["who-answers"] == ANSWERS["who-answers"]
    written = AuditEvent.objects.filter(object_id=str(response.pk))
    for action in ("response.started", "response.saved", "response.submitted"):
        found = written.filter(action=action)
        assert found.exists()
        assert not found.exclude(actor=who).exists()
    assert "Written down by elm" in case_text(clinician(), response)


def test_each_page_says_who_writes_it_down(elm: Client, protocol: Protocol) -> None:
    assert "filling this in for a patient" in text(elm.get("/begin/"))
    response = begun(elm, protocol)
    for path in ("/page/help-with/", "/check/", "/code/", "/help-now/"):
        assert "recorded as theirs, by elm" in text(elm.get(path)), path
    other = Client()
    session = other.session
    session[DRAFT] = str(response.pk)
    session.save()
    assert "recorded as theirs" not in text(other.get("/page/help-with/"))


def test_after_the_sending_nothing_can_be_opened_again(
    elm: Client, protocol: Protocol
) -> None:
    walking.walk(elm, protocol.engine, ANSWERS)
    response = walking.send(elm)
    assert "recorded as theirs" in text(elm.get("/sent/"))
    assert elm.get("/check/")["Location"] == "/sent/"
    assert elm.get(f"/staff/case/{response.pk}/").status_code == 404
    assert elm.get("/staff/safety/").status_code == 200


def test_after_the_end_nothing_can_be_opened_and_nobody_is_signed_out(
    elm: Client, protocol: Protocol
) -> None:
    begun(elm, protocol)
    assert elm.get("/page/help-with/").status_code == 200
    assert "begun one already" in text(elm.get("/staff/assist/"))
    assert elm.post("/staff/assist/end/")["Location"] == "/staff/assist/"
    assert elm.get("/page/help-with/")["Location"] == "/resume/"
    assert elm.get("/staff/safety/").status_code == 200


@pytest.mark.parametrize("leaving", ["/leave/", "/stop/"])
def test_stopping_ends_it_and_signs_nobody_out(
    elm: Client, protocol: Protocol, leaving: str
) -> None:
    begun(elm, protocol)
    (elm.get if leaving == "/leave/" else elm.post)(leaving)
    assert elm.get("/page/help-with/")["Location"] == "/resume/"
    assert elm.get("/staff/safety/").status_code == 200


def test_beginning_again_closes_the_one_before(elm: Client, protocol: Protocol) -> None:
    begun(elm, protocol)
    elm.post("/staff/assist/")
    assert elm.get("/page/help-with/")["Location"] == "/resume/"


def test_an_urgent_answer_raises_an_alert_and_shows_help(
    elm: Client, protocol: Protocol
) -> None:
    calm = patients.CALM | {"asq-3": "yes"}
    response = begun(elm, protocol)
    engine, address = protocol.engine, "/page/help-with/"
    while address != "/help-now/":
        page = engine.page[address.split("/")[2]]
        address = elm.post(address, walking.posted(page, calm))["Location"]
    assert SafetyAlert.objects.get().response == response
    elm.post("/help-now/", {"action": "call-me"})
    tapped = AuditEvent.objects.filter(action="response.saved").latest("seq")
    assert str(tapped.actor) == "elm"


@pytest.mark.parametrize("path", ["/page/help-with/", "/stop/"])
def test_who_rests_too_long_is_signed_out_on_a_patients_page_too(
    elm: Client, protocol: Protocol, path: str
) -> None:
    begun(elm, protocol)
    session = elm.session
    session["seen-at"] = 0
    session.save()
    landed = elm.get(path)
    assert landed["Location"].startswith("/staff/account/login/")
    assert elm.get("/page/help-with/")["Location"] == "/resume/"


def test_who_has_left_writes_nothing_down_any_more(
    elm: Client, protocol: Protocol
) -> None:
    begun(elm, protocol)
    Staff.objects.filter(username="elm").update(is_active=False)
    assert elm.get("/page/help-with/")["Location"] == "/resume/"
    assert DRAFT not in elm.session


def test_a_patient_who_resumes_elsewhere_is_not_recorded_by_staff(
    elm: Client, protocol: Protocol
) -> None:
    response = begun(elm, protocol)
    patient = Client()
    code = {"resume-code": response.document["resume_code"]}
    assert patient.post("/resume/", code)["Location"] == "/code/"
    page = protocol.engine.page["help-with"]
    patient.post("/page/help-with/", walking.posted(page, ANSWERS))
    saved = AuditEvent.objects.filter(action="response.saved").latest("seq")
    assert saved.actor is None


def test_a_desk_begins_more_often_than_one_address_may(
    elm: Client, protocol: Protocol, settings: Any
) -> None:
    settings.STARTS_PER_HOUR = 1
    for _ in range(3):
        elm.post("/staff/assist/")
        walking.begin(elm, protocol.engine, ANSWERS)
    assert Response.objects.count() == 3


def test_what_is_missing_can_be_asked_on_the_phone(protocol: Protocol) -> None:
    first = patients.sent(protocol, "p26-trauma-question-declined")
    ash = clinician()
    assert "Ask on the phone" in case_text(ash, first)
    assert "Ask on the phone" in case_text(ash, first)
    landed = ash.post(f"/staff/case/{first.pk}/ask/", {"how": "phone"})
    assert landed["Location"] == "/page/safe-a/"
    assert "recorded as theirs, by ash" in text(ash.get("/page/safe-a/"))
    draft = first.amendments.get()
    assert str(draft.recorded_by) == "ash"
    ash.post("/staff/assist/end/")
    assert ash.get("/page/safe-a/")["Location"] == "/resume/"


def test_who_asks_on_the_phone_has_opened_the_case(protocol: Protocol) -> None:
    first = patients.sent(protocol, "p26-trauma-question-declined")
    clinician().post(f"/staff/case/{first.pk}/ask/", {"how": "phone"})
    opened = AuditEvent.objects.get(action="response.viewed")
    assert (opened.object_id, str(opened.actor)) == (str(first.pk), "ash")


def test_the_administrator_records_no_answers(protocol: Protocol) -> None:
    hazel = clinician(Role.ADMINISTRATOR, "hazel")
    assert hazel.post("/staff/assist/").status_code == 404
