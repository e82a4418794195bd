"""Around a decision: a note is kept, a slip undone, a patient told in plain words."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client

from clinic import staff_sessions
from screening.engine import plain_words
from screening.models import (
    AuditEvent,
    NoteDraft,
    Outbox,
    PatientMessage,
    Protocol,
    Response,
    Staff,
    guards,
)
from screening.services import reviewing
from screening.services.desk import assigning, noting, telling
from screening.services.mail import delivering
from tests import patients
from tests.test_words import REFUSED
from tests.views.desk import case_text, clinician, text

pytestmark = pytest.mark.django_db

WRITES = {"contact-ok": ["call", "email"], "email": "ada@demo.invalid"}


@pytest.fixture
def desk() -> Client:
    return clinician()


@pytest.fixture
def response(protocol: Protocol) -> Response:
    return patients.sent(protocol)


def ash() -> Staff:
    return Staff.objects.get(username="ash")


def post(desk: Client, response: Response, act: str, **said: Any) -> Any:
    return desk.post(f"/staff/case/{response.pk}/{act}/", said)


def sign(desk: Client, response: Response, choice: str, **more: Any) -> Any:
    response.refresh_from_db()
    said = {"choice": choice, "version": response.version} | more
    return post(desk, response, "review", **said)


def test_a_note_is_kept_while_it_is_written_for_whoever_writes_it(
    desk: Client, response: Response
) -> None:
    assert post(desk, response, "note", note="First").status_code == 204
    post(desk, response, "note", note="First <b>thoughts")
    page = desk.get(f"/staff/case/{response.pk}/").content.decode()
    assert "First &lt;b&gt;thoughts</textarea>" in page
    assert "First <b>" not in case_text(clinician(name="birch"), response)
    assert b"thoughts" not in bytes(NoteDraft.objects.get().sealed)


def test_a_signed_note_is_no_draft_any_more(desk: Client, response: Response) -> None:
    post(desk, response, "note", note="Spoke")
    sign(desk, response, "ask-for-more/records-needed", note="Spoke with her")
    assert not NoteDraft.objects.exists()


def test_an_emptied_note_is_forgotten(desk: Client, response: Response) -> None:
    post(desk, response, "note", note="x")
    post(desk, response, "note", note="")
    assert not NoteDraft.objects.exists() and noting.kept(response, by=ash()) == ""


def test_a_kept_note_that_does_not_open_is_none(
    desk: Client, response: Response
) -> None:
    post(desk, response, "note", note="x")
    NoteDraft.objects.update(sealed=b"x" * 40)
    assert noting.kept(response, by=ash()) == ""


def test_no_note_is_kept_on_anothers_case(desk: Client, response: Response) -> None:
    birch = patients.person(name="birch")
    assigning.assign(response.pk, to=birch, by=birch)
    assert post(desk, response, "note", note="x").status_code == 403


def test_a_decision_is_undone_by_a_row_of_its_own(
    desk: Client, response: Response
) -> None:
    page = sign(desk, response, "duplicate-or-spam/spam")
    said = desk.get(page["Location"]).content.decode()
    review = response.reviews.get()
    assert f'name="review" value="{review.pk}">Undo it' in said
    undone = post(desk, response, "undo", review=review.pk)
    assert undone["Location"] == f"/staff/case/{response.pk}/"
    response.refresh_from_db()
    assert response.reviewed_at is None and response.reviews.count() == 2
    assert "The decision before this one was taken back" in case_text(desk, response)


def test_what_was_undone_is_not_undone_again(desk: Client, response: Response) -> None:
    sign(desk, response, "duplicate-or-spam/spam")
    post(desk, response, "undo", review=response.reviews.get().pk)
    last = response.reviews.latest()
    assert post(desk, response, "undo", review=last.pk).status_code == 409


@pytest.mark.parametrize("key", ["", "0" * 32])
def test_nothing_else_is_undone(desk: Client, response: Response, key: str) -> None:
    page = post(desk, response, "undo", review=key)
    assert page.status_code == 409 and "It was not undone" in text(page)


def test_nobody_undoes_the_decision_of_somebody_else(
    desk: Client, response: Response
) -> None:
    sign(clinician(name="birch"), response, "duplicate-or-spam/spam")
    review = response.reviews.get()
    assert post(desk, response, "undo", review=review.pk).status_code == 409
    assert "Undo it" not in text(desk.get("/staff/", {"signed": response.pk}))


def test_nobody_signs_a_taking_back(desk: Client, response: Response) -> None:
    assert sign(desk, response, "taken-back/mistake").status_code == 422


def test_the_page_warns_of_the_same_minutes_as_the_server(desk: Client) -> None:
    page = desk.get("/staff/").content.decode()
    assert f'data-minutes="{staff_sessions.IDLE / 60:.0f}"' in page
    assert desk.post("/staff/stay/").status_code == 204


def test_the_refused_words_are_those_of_every_page() -> None:
    assert set(REFUSED) == set(plain_words.REFUSED)


@pytest.mark.parametrize("decision", sorted(telling.TEMPLATES))
def test_a_template_says_nothing_that_is_refused(decision: str) -> None:
    words = telling.template(decision)
    assert "555-0142" in words and plain_words.refused(words) == []


def test_without_a_decision_there_is_nothing_to_tell(
    desk: Client, response: Response
) -> None:
    assert "Message to the patient" not in case_text(desk, response)
    sign(desk, response, "offer-consultation/criteria-fit")
    said = case_text(desk, response)
    assert "would like to talk with you. Please call us at 555-0142" in said


def test_what_was_told_by_phone_is_appended(desk: Client, response: Response) -> None:
    sign(desk, response, "offer-consultation/criteria-fit")
    post(desk, response, "tell", how="not-reached", text="Please call us.")
    post(desk, response, "tell", how="phone", text="Please call us again.")
    said = case_text(desk, response)
    assert "Could not reach ash" in said and "Told by phone ash" in said
    assert not Outbox.objects.filter(kind=telling.KIND).exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        PatientMessage.objects.update(how="email")


def test_a_verdict_is_not_told_and_the_text_is_kept(
    desk: Client, response: Response
) -> None:
    sign(desk, response, "offer-consultation/criteria-fit")
    page = post(desk, response, "tell", how="phone", text="You are ELIGIBLE for this.")
    assert page.status_code == 422 and "Leave out: eligible." in text(page)
    assert "You are ELIGIBLE for this.</textarea>" in page.content.decode()
    assert not PatientMessage.objects.exists()


@pytest.mark.parametrize(
    "answers",
    [
        {"contact-ok": ["call"]},
        WRITES | {"contact-ok": ["email", "ask-first"]},
        WRITES | {"contact-ok": {"absent": "asked-declined"}},
        {"contact-ok": ["email"]},
    ],
)
def test_nobody_is_emailed_who_did_not_say_that_it_is_safe(
    answers: dict[str, Any],
) -> None:
    assert not telling.may_email(answers)


def test_an_email_that_is_not_allowed_is_not_sent(
    desk: Client, response: Response
) -> None:
    sign(desk, response, "offer-consultation/criteria-fit")
    page = post(desk, response, "tell", how="email", text="Please call us.")
    assert page.status_code == 422
    assert "The patient did not say that email is safe." in text(page)
    assert post(desk, response, "tell", how="pigeon", text="Hi").status_code == 422


def test_an_allowed_email_says_nothing_but_to_call(
    desk: Client, protocol: Protocol
) -> None:
    answers = patients.answers_of("p01-two-antidepressants-failed") | WRITES
    response = patients.sent_with(protocol, answers)
    Outbox.objects.all().delete()
    sign(desk, response, "offer-consultation/criteria-fit")
    post(desk, response, "tell", how="email", text="A private thing. Please call us.")
    assert "Ask by email to call us (email waits)" in case_text(desk, response)
    delivering.deliver_next()
    (sent,) = mail.outbox
    assert sent.to == ["ada@demo.invalid"] and sent.subject == "Please call us"
    assert "private thing" not in sent.body and "555-0142" in sent.body
    assert "ketamine" not in (sent.body + sent.subject).lower()
    assert "(email sent)" in case_text(desk, response)
    Outbox.objects.update(sent_at=None, dead_at=response.saved_at)
    assert "(email given up)" in case_text(desk, response)
    assert AuditEvent.objects.filter(action="patient.told").count() == 1


def test_nothing_is_told_about_anothers_case(desk: Client, response: Response) -> None:
    birch = patients.person(name="birch")
    assigning.assign(response.pk, to=birch, by=birch)
    said = post(desk, response, "tell", how="phone", text="Please call us.")
    assert said.status_code == 403 and not PatientMessage.objects.exists()


def test_the_guards_cover_messages() -> None:
    assert guards.missing(connection) == []
    assert any("patientmessage" in guard.table for guard in guards.GUARDS)


def test_reviewing_settles_after_all_but_a_call_and_an_undoing() -> None:
    left = {"urgent-contact", "taken-back"}
    assert left & {each.value for each in reviewing.SETTLES} == set()
