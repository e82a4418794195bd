"""What a clinician does: sign, own an alert, close it; nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from screening.forms.review import DECISIONS
from screening.models import REASONS, AuditEvent, Protocol, Response, guards
from screening.services import answering
from tests import patients
from tests.views.desk import case_text, clinician, text

pytestmark = pytest.mark.django_db

EMERGENCY = "p45-thoughts-of-suicide-now"


@pytest.fixture
def desk() -> Client:
    return clinician()


@pytest.fixture
def response(protocol: Protocol) -> Response:
    return patients.sent(protocol)


@pytest.fixture
def alarmed(protocol: Protocol) -> Response:
    return patients.sent(protocol, EMERGENCY)


def sign(desk: Client, response: Response, choice: str, **more: Any) -> Any:
    said = {"choice": choice, "version": response.version} | more
    return desk.post(f"/staff/case/{response.pk}/review/", said)


def test_every_decision_offers_its_reasons_and_none_is_chosen(
    desk: Client, response: Response
) -> None:
    markup = desk.get(f"/staff/case/{response.pk}/").content.decode()
    bar = markup.split('class="decide"', 1)[1]
    for decision, _ in DECISIONS:
        for reason, _ in REASONS[decision]:
            assert f'name="choice" value="{decision}/{reason}"' in bar
    assert "<details open" not in bar and "selected" not in bar


def test_pressing_a_reason_signs_and_leads_to_the_next_case(
    desk: Client, response: Response, protocol: Protocol
) -> None:
    behind = patients.sent(protocol, "p06-same-drug-twice")
    page = sign(desk, response, "offer-consultation/criteria-fit", note="Call her.")
    assert page["Location"] == f"/staff/case/{behind.pk}/?signed={response.pk}"
    review = response.reviews.get()
    assert (review.decision, review.reason) == ("offer-consultation", "criteria-fit")
    assert review.note == "Call her."
    after = text(desk.get(page["Location"]))
    assert "is signed." in after and "Tell the patient" in after
    assert "Call her." in case_text(desk, response)


def test_after_the_last_case_comes_the_queue(desk: Client, response: Response) -> None:
    page = sign(desk, response, "duplicate-or-spam/spam")
    assert page["Location"] == f"/staff/?signed={response.pk}"
    assert "Nobody is waiting." in text(desk.get(page["Location"]))


def test_a_case_with_an_open_alert_stays_and_says_so(
    desk: Client, alarmed: Response
) -> None:
    page = sign(desk, alarmed, "urgent-contact/suicide-answers")
    said = text(desk.get(page["Location"]))
    assert "It stays in the queue" in said


def test_somebody_elses_decision_is_shown_beside_mine_and_my_note_is_kept(
    desk: Client, response: Response
) -> None:
    sign(clinician(name="birch"), response, "ask-for-more/records-needed")
    page = sign(desk, response, "not-suitable-now/timing", note="Spoke with him.")
    said = text(page)
    assert page.status_code == 409
    assert "Not suitable now, refer: Not now; ask again later (not signed)" in said
    assert "Ask for more: Records are needed , birch" in said
    assert "Spoke with him.</textarea>" in page.content.decode()
    assert response.reviews.count() == 1


def test_after_a_conflict_the_page_signs_what_is_now_read(
    desk: Client, response: Response
) -> None:
    sign(clinician(name="birch"), response, "ask-for-more/records-needed")
    sign(desk, response, "not-suitable-now/timing")
    response.refresh_from_db()
    assert sign(desk, response, "not-suitable-now/timing").status_code == 302
    assert "corrects the one before" in case_text(desk, response)


@pytest.mark.parametrize(
    "choice", ["", "offer-consultation", "offer-consultation/timing", "spam/spam"]
)
def test_a_decision_without_a_reason_of_its_own_is_not_signed(
    desk: Client, response: Response, choice: str
) -> None:
    page = sign(desk, response, choice, note="Long <b>thought</b>.")
    assert page.status_code == 422
    assert "Long &lt;b&gt;thought&lt;/b&gt;.</textarea>" in page.content.decode()
    assert not response.reviews.exists()


def test_whoever_sees_a_case_is_on_record_also_when_nothing_was_signed(
    desk: Client, response: Response
) -> None:
    sign(desk, response, "")
    assert AuditEvent.objects.filter(action="response.viewed").count() == 1


def test_an_alert_gets_an_owner_and_is_closed_with_a_reason(
    desk: Client, alarmed: Response
) -> None:
    alert = alarmed.alerts.get(tier="c")
    desk.post(f"/staff/alert/{alert.pk}/own/")
    assert "With ash ." in case_text(desk, alarmed)
    closing = {"reason": "reached-safe", "note": "Her sister is with her."}
    assert desk.post(f"/staff/alert/{alert.pk}/close/", closing).status_code == 302
    said = case_text(desk, alarmed)
    assert "Tier c, closed" in said
    assert "Reached; a plan is agreed. Her sister is with her." in said
    assert "Safety alert closed, tier c, ash" in said


def test_an_alert_is_not_closed_without_a_reason_and_the_note_is_kept(
    desk: Client, alarmed: Response
) -> None:
    alert = alarmed.alerts.get(tier="c")
    page = desk.post(f"/staff/alert/{alert.pk}/close/", {"note": "No answer yet."})
    assert page.status_code == 422
    assert "Choose why it is closed." in text(page)
    assert "No answer yet.</textarea>" in page.content.decode()


@pytest.mark.parametrize("action", ["own", "close"])
def test_an_alert_closed_in_the_meantime_is_said_to_be(
    desk: Client, alarmed: Response, action: str
) -> None:
    alert = alarmed.alerts.get(tier="c")
    closing = {"reason": "mistake"}
    desk.post(f"/staff/alert/{alert.pk}/close/", closing)
    page = desk.post(f"/staff/alert/{alert.pk}/{action}/", closing)
    assert page.status_code == 409
    assert "Somebody closed that alert in the meantime." in text(page)


def test_a_case_that_does_not_open_says_whom_to_tell(
    desk: Client, response: Response
) -> None:
    with guards.lifted(connection):
        Response.objects.filter(pk=response.pk).update(sealed_answers=b"x" * 40)
    page = desk.get(f"/staff/case/{response.pk}/")
    assert page.status_code == 500
    assert "Tell the clinic’s administrator now" in text(page)


def test_a_long_case_asks_the_database_as_often_as_a_short_one(
    desk: Client, response: Response, protocol: Protocol
) -> None:
    long = patients.sent(protocol, "p63-a-long-medical-history")
    patients.sent(protocol, "p06-same-drug-twice")
    counted = []
    for case in (response, response, long):
        with CaptureQueriesContext(connection) as queries:
            case_text(desk, case)
        counted.append(len(queries))
    assert counted[1] == counted[2]


def test_signing_a_draft_that_alarmed_is_possible(
    desk: Client, protocol: Protocol
) -> None:
    draft = answering.begin(protocol=protocol, answers=patients.CALM)
    answering.save_page(draft.pk, answers=patients.ASQ_CALM | {"asq-3": "yes"})
    draft.refresh_from_db()
    assert "Not sent yet" in case_text(desk, draft)
    assert sign(desk, draft, "urgent-contact/suicide-answers").status_code == 302
