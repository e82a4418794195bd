"""Evaluations, alerts, reviews, messages: what each may hold, and how it opens."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from screening import vault
from screening.models import (
    AlertEvent,
    Evaluation,
    Heartbeat,
    NoteDraft,
    Outbox,
    PatientMessage,
    Protocol,
    Response,
    Review,
    Role,
    SafetyAlert,
    Staff,
)
from tests.records import (
    a_draft,
    a_member_of_staff,
    a_review,
    a_sent_response,
    an_alert,
    an_alert_event,
    an_alerted_draft,
    an_audit_event,
    an_evaluation,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def response(protocol: Protocol) -> Response:
    return a_sent_response(protocol, reference="7K3MXP9Q")


def test_an_evaluation_opens_with_the_key_of_its_response(response: Response) -> None:
    evaluation = Evaluation.objects.get(pk=an_evaluation(response).pk)
    assert evaluation.result == {"outcome": "possible-candidate"}
    assert str(evaluation).startswith("7K3MXP9Q as of ")


def test_an_evaluation_does_not_pass_for_another(response: Response) -> None:
    one, other = an_evaluation(response), an_evaluation(response)
    one.sealed = other.sealed
    with pytest.raises(vault.Unreadable):
        _ = one.result


def test_an_alert_tells_its_details_to_whom_holds_the_key(response: Response) -> None:
    alert = SafetyAlert.objects.get(pk=an_alert(response).pk)
    assert alert.details["criteria"] == ["u-wish"]
    assert str(alert) == "7K3MXP9Q, tier b"


def test_one_alert_a_tier_is_open_at_a_time(response: Response) -> None:
    an_alert(response, "b", owner=a_member_of_staff(), closed_at=NOW)
    an_alert(response, "b")
    an_alert(response, "c")
    with pytest.raises(IntegrityError), transaction.atomic():
        an_alert(response, "b")


@pytest.mark.parametrize("columns", [{"tier": "z"}, {"closed_at": NOW}], ids="-".join)
def test_an_alert_that_nobody_could_have_raised_or_closed_is_refused(
    response: Response, columns: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        an_alert(response, **columns)


def test_open_alerts_are_read_the_most_urgent_first(response: Response) -> None:
    a, c = an_alert(response, "a"), an_alert(response, "c")
    owned = an_alert(response, "b", owner=a_member_of_staff())
    assert list(SafetyAlert.objects.open()) == [c, owned, a]
    assert list(SafetyAlert.objects.unowned()) == [c, a]


@pytest.mark.parametrize("kind", ["acknowledged", "contacted", "closed"])
def test_what_a_person_did_names_the_person(response: Response, kind: str) -> None:
    alert = an_alert(response)
    with pytest.raises(IntegrityError), transaction.atomic():
        an_alert_event(alert, kind)
    assert an_alert_event(alert, kind, by=a_member_of_staff()).kind == kind


def test_what_the_software_noted_names_nobody(protocol: Protocol) -> None:
    alert = an_alert(an_alerted_draft(protocol, reference="X"))
    event = AlertEvent.objects.get(pk=an_alert_event(alert, "escalated").pk)
    assert event.details == {"note": "called twice"}
    assert str(event) == "X, tier b: escalated"


def test_an_alert_event_may_say_nothing_more(response: Response) -> None:
    event = AlertEvent.objects.create(alert=an_alert(response), kind="withdrawn")
    assert event.details == {}


def test_a_review_keeps_its_note_sealed(response: Response) -> None:
    review = Review.objects.get(pk=a_review(response, a_member_of_staff()).pk)
    assert review.note == "Fits the criteria."
    assert b"Fits" not in bytes(review.sealed_note or b"")
    assert str(review) == "7K3MXP9Q: offer-consultation"


def test_a_review_may_go_without_a_note(response: Response) -> None:
    review = Review(response=response, decision="ask-for-more", response_version=1)
    assert review.note == ""


def test_a_review_is_corrected_once(response: Response) -> None:
    clinician = a_member_of_staff()
    first = a_review(response, clinician)
    a_review(response, clinician, corrects=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_review(response, clinician, corrects=first)


def test_a_decision_is_one_of_five_or_takes_one_back(response: Response) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        a_review(response, a_member_of_staff(), decision="approved")


def test_one_cause_sends_one_message(response: Response) -> None:
    Outbox.objects.create(kind="response.submitted", key="k", response=response)
    with pytest.raises(IntegrityError), transaction.atomic():
        Outbox.objects.create(kind="response.submitted", key="k")


def test_messages_wait_until_they_are_sent_or_given_up() -> None:
    waiting = Outbox.objects.create(kind="k", key="waiting")
    Outbox.objects.create(kind="k", key="sent", sent_at=NOW)
    Outbox.objects.create(kind="k", key="dead", dead_at=NOW)
    assert list(Outbox.objects.waiting()) == [waiting]
    assert str(waiting) == "waiting"
    with pytest.raises(IntegrityError), transaction.atomic():
        Outbox.objects.create(kind="k", key="both", sent_at=NOW, dead_at=NOW)


def test_staff_have_one_of_four_roles() -> None:
    assert a_member_of_staff().role == "reviewer"
    assert Staff.objects.create_user("new", "new@demo.invalid").role == Role.FRONT_DESK
    with pytest.raises(IntegrityError), transaction.atomic():
        Staff.objects.create_user("other", "other@demo.invalid", role="owner")


def test_records_read_well() -> None:
    assert str(Heartbeat(name="worker")) == "worker"
    assert str(Staff(username="jo")) == "jo"
    assert str(Staff(first_name="Jo", last_name="Day")) == "Jo Day"
    event = an_audit_event("response.viewed")
    assert str(event) == f"{event.seq}: response.viewed"


def test_notes_and_messages_name_their_response(protocol: Protocol) -> None:
    response, clinician = a_draft(protocol), a_member_of_staff()
    draft = NoteDraft(response=response, clinician=clinician)
    message = PatientMessage(response=response, how="phone")
    assert str(draft) == f"{response}, {clinician}"
    assert str(message) == f"{response}: phone"
