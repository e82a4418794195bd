"""Only a clinician lowers a priority: nobody is left to be called, and a reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from screening.models import AuditEvent, Protocol, Response, Role, Staff
from screening.services import answering, auditing, promises, reviewing
from screening.services.desk import lowering
from screening.services.figures import counting
from screening.services.safety import owning
from tests import patients
from tests.views.desk import case_text, clinician, text

pytestmark = pytest.mark.django_db

EMERGENCY = "p45-thoughts-of-suicide-now"
STOPS = "p50-heart-and-vessel-stops"
UNSETTLED = "p96-pain-patient-declines-the-mood-questions"


@pytest.fixture
def desk(db: None) -> Client:
    return clinician()


@pytest.fixture
def ash(desk: Client) -> Staff:
    return Staff.objects.get(username="ash")


def calmed(response: Response, by: Staff) -> Response:
    for alert in response.alerts.open():
        owning.close(alert.pk, by=by, reason="reached-safe")
    response.refresh_from_db()
    return response


def lower(response: Response, by: Staff, reason: str = "talked") -> Response:
    version = response.version
    return lowering.lower(response.pk, by=by, reason=reason, version=version)


def test_closing_the_alert_alone_keeps_the_case_on_top(
    protocol: Protocol, ash: Staff
) -> None:
    response = calmed(patients.sent(protocol, EMERGENCY), ash)
    assert response.priority == 0 and lowering.may_lower(response)


def test_a_lowered_case_stands_where_it_would_without_its_urgent_answers(
    protocol: Protocol, ash: Staff
) -> None:
    first = patients.sent(protocol, STOPS)
    response = lower(calmed(patients.sent(protocol, EMERGENCY), ash), ash)
    assert response.priority == 4 and response.highest_tier == "c"
    assert response.due_at == promises.read_by(response.submitted_at)
    assert list(Response.objects.awaiting_review()) == [first, response]
    event = AuditEvent.objects.get(action="response.lowered")
    assert event.meta == {"reason": "talked", "was": 0, "to": 4}
    assert (event.actor, auditing.verify()) == (ash, [])


def test_a_stop_is_still_the_doctors_first(protocol: Protocol, ash: Staff) -> None:
    answers = patients.answers_of(STOPS) | {"asq-3": "yes", "asq-5": "no"}
    response = calmed(patients.sent_with(protocol, answers), ash)
    assert response.priority == 2
    assert lower(response, ash).priority == 3


def test_an_urgent_question_without_an_answer_may_be_settled_too(
    protocol: Protocol, ash: Staff
) -> None:
    response = patients.sent(protocol, UNSETTLED)
    assert (response.priority, response.highest_tier) == (2, "")
    assert lower(response, ash, "in-care").priority == 4


def test_it_is_refused_while_an_alert_is_open_once_decided_and_where_nothing_is_urgent(
    protocol: Protocol, ash: Staff
) -> None:
    alarmed, calm = patients.sent(protocol, EMERGENCY), patients.sent(protocol)
    for response in (alarmed, calm):
        with pytest.raises(lowering.NotToLower):
            lower(response, ash)
    said: dict[str, Any] = {"decision": "ask-for-more", "reason": "records-needed"}
    calmed(alarmed, ash)
    reviewing.sign(alarmed.pk, by=ash, version=alarmed.version, **said)
    alarmed.refresh_from_db()
    with pytest.raises(lowering.NotToLower):
        lower(alarmed, ash)


def test_a_reason_is_one_of_ours_and_what_was_read_is_still_so(
    protocol: Protocol, ash: Staff
) -> None:
    response = calmed(patients.sent(protocol, EMERGENCY), ash)
    with pytest.raises(lowering.UnknownReason):
        lower(response, ash, "because")
    Response.objects.filter(pk=response.pk).update(version=99)
    with pytest.raises(reviewing.CaseChanged):
        lower(response, ash)


def test_what_turns_red_later_raises_it_again(protocol: Protocol, ash: Staff) -> None:
    draft = patients.draft(protocol, **{"safe-now": "not-sure"})
    lowered = lower(calmed(draft, ash), ash)
    assert not lowered.is_urgent and Response.objects.awaiting_review().get() == lowered
    answering.save_page(draft.pk, answers={"safe-now": "no"})
    draft.refresh_from_db()
    assert draft.priority == 0 and not lowering.may_lower(draft)


def test_it_still_counts_as_urgent_in_the_numbers(
    protocol: Protocol, ash: Staff
) -> None:
    response = lower(calmed(patients.sent(protocol, EMERGENCY), ash), ash)
    said: dict[str, Any] = {"decision": "ask-for-more", "reason": "records-needed"}
    review = reviewing.sign(response.pk, by=ash, version=response.version, **said)
    assert counting.agreement(review.signed_at)["urgent"]["all"] == 1
    assert len(counting.pace(review.signed_at)["urgent"]) == 1


def test_the_case_offers_it_and_says_who_did_it_and_why(
    desk: Client, protocol: Protocol, ash: Staff
) -> None:
    response = calmed(patients.sent(protocol, EMERGENCY), ash)
    assert "Lower the priority" in case_text(desk, response)
    address, version = f"/staff/case/{response.pk}/lower/", response.version
    for wrong in (
        {"reason": "because", "version": version},
        {"reason": "", "version": "x"},
    ):
        page = desk.post(address, wrong)
        assert page.status_code == 422 and "Choose why it can wait." in text(page)
    said = {"reason": "talked", "version": version}
    assert desk.post(address, said)["Location"] == f"/staff/case/{response.pk}/"
    page = text(desk.post(address, said))
    assert "Somebody wrote to the case since" in page
    assert "Lower the priority" not in page
    assert "Priority lowered from “Call now” to “Read soon”: I talked with" in page
    queue = text(desk.get("/staff/"))
    assert "Read soon, was tier c" in queue and "Call now" not in queue
    assert "Urgent 0" in queue


def test_whoever_reads_no_answers_lowers_nothing(
    protocol: Protocol, ash: Staff
) -> None:
    response = calmed(patients.sent(protocol, EMERGENCY), ash)
    front = clinician(Role.FRONT_DESK, "elm")
    said = {"reason": "talked", "version": response.version}
    page = front.post(f"/staff/case/{response.pk}/lower/", said)
    assert page.status_code == 404
