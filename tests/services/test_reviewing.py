"""Decisions are appended, signed once for each reading, and settle the queue."""

from __future__ import annotations

import pytest

from screening.models import AuditEvent, Protocol, Response, Review, SafetyAlert
from screening.services import reviewing
from screening.services.desk import noting
from screening.services.safety import owning
from tests import patients


def sign(response: Response, **more: object) -> Review:
    said = {"decision": "offer-consultation", "reason": "criteria-fit"} | more
    by = said.pop("by", None) or patients.person()
    version = said.pop("version", response.version)
    return reviewing.sign(response.pk, by=by, version=version, **said)  # type: ignore[arg-type]


def test_a_signed_decision_takes_the_case_off_the_queue(protocol: Protocol) -> None:
    response = patients.sent(protocol)
    review = sign(response, note="Call on Monday.")
    assert review.note == "Call on Monday."
    assert review.evaluation == response.evaluations.get()
    assert not Response.objects.awaiting_review().exists()
    assert AuditEvent.objects.last().action == "review.signed"  # type: ignore[union-attr]


def test_a_call_due_today_keeps_the_case_on_the_queue(protocol: Protocol) -> None:
    response = patients.sent(protocol)
    sign(response, decision="urgent-contact", reason="medical-risk")
    assert Response.objects.awaiting_review().get() == response


def test_an_open_alert_keeps_the_case_on_the_queue(protocol: Protocol) -> None:
    response = patients.draft(protocol, **{"asq-3": "yes"})
    by = patients.person()
    sign(response, by=by, overrules="in-hand")
    assert Response.objects.awaiting_review().exists()
    owning.close(SafetyAlert.objects.get().pk, by=by, reason="in-care")
    sign(Response.objects.get(), by=by)
    assert not Response.objects.awaiting_review().exists()


def test_whoever_read_an_older_version_does_not_overwrite(protocol: Protocol) -> None:
    response = patients.sent(protocol)
    sign(response)
    with pytest.raises(reviewing.CaseChanged):
        sign(response, by=patients.person(name="birch"))
    assert Review.objects.count() == 1


def test_a_correction_is_a_new_decision_that_names_the_old(protocol: Protocol) -> None:
    by = patients.person()
    first = sign(patients.sent(protocol), by=by)
    second = sign(
        Response.objects.get(), by=by, decision="ask-for-more", reason="records-needed"
    )
    assert (second.corrects, first.note) == (first, "")


@pytest.mark.parametrize("newer", ["", "A newer note."])
def test_undoing_gives_the_note_back_to_write_on(
    protocol: Protocol, newer: str
) -> None:
    response, by = patients.sent(protocol), patients.person()
    review = sign(response, by=by, note="Call on Monday.")
    noting.keep(response, newer, by=by)
    reviewing.take_back(response.pk, review_id=review.pk, by=by)
    assert noting.kept(response, by=by) == (newer or "Call on Monday.")


def test_a_reason_must_belong_to_the_decision(protocol: Protocol) -> None:
    with pytest.raises(reviewing.UnknownReason):
        sign(patients.sent(protocol), reason="spam")


def test_opening_a_case_is_recorded(protocol: Protocol) -> None:
    response, by = patients.sent(protocol), patients.person()
    reviewing.open_case(response, by=by)
    event = AuditEvent.objects.last()
    assert event and (event.action, event.actor) == ("response.viewed", by)
