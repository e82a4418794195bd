"""A draft begins, pages are saved, and one sending completes."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.utils import timezone

from screening import vault
from screening.models import AuditEvent, Evaluation, Outbox, Protocol, Response
from screening.services import answering, promises
from tests import patients

MILD = "p07-mild-now-with-a-lifelong-course"


def actions() -> list[str]:
    return list(AuditEvent.objects.values_list("action", flat=True))


def test_a_draft_keeps_its_answers_sealed(protocol: Protocol) -> None:
    response = answering.begin(protocol=protocol, answers={"full-name": "Canary Wren"})
    assert b"Canary" not in bytes(response.sealed_answers)
    assert Response.objects.get().answers == {"full-name": "Canary Wren"}
    assert actions()[-1] == "response.started"


def test_answers_of_another_row_cannot_be_opened(protocol: Protocol) -> None:
    one, other = patients.draft(protocol), patients.draft(protocol)
    one.sealed_answers = other.sealed_answers
    with pytest.raises(vault.Unreadable):
        _ = one.document


def test_a_later_page_leaves_earlier_answers_alone(protocol: Protocol) -> None:
    response = patients.draft(protocol, phq9_1="several-days")
    saved = answering.save_page(response.pk, answers={"asq-1": "no"})
    assert saved.response.answers["phq9-1"] == "several-days"
    assert saved.response.version == 2


def test_a_cleared_answer_is_gone(protocol: Protocol) -> None:
    response = patients.draft(protocol)
    saved = answering.save_page(response.pk, answers={}, cleared=["phone"])
    assert "phone" not in saved.response.answers


def test_what_could_not_be_read_is_kept_until_the_page_is_right(
    protocol: Protocol,
) -> None:
    response = patients.draft(protocol)
    wrong = {"phone": ["12"]}
    answering.save_page(response.pk, answers={}, slug="about-contact", typed=wrong)
    assert Response.objects.get().document["typed"] == {"about-contact": wrong}
    answering.save_page(
        response.pk, answers={"phone": "555-0101"}, slug="about-contact"
    )
    assert Response.objects.get().document["typed"] == {}


def test_sending_completes_and_evaluates(protocol: Protocol) -> None:
    response = patients.sent(protocol, MILD)
    assert (response.status, response.resume_index) == ("completed", None)
    assert response.identity_index == answering.identity(response.answers)
    result = Evaluation.objects.get().result
    assert result["outcome"] == "no-indication-found"
    assert result["findings"]["x-mild"] == "true"
    assert response.summary and response.summary["outcome"] == result["outcome"]
    assert Outbox.objects.get().response == response
    assert actions()[-2:] == ["response.evaluated", "response.submitted"]


def test_what_is_for_today_without_an_alert_is_due_today(protocol: Protocol) -> None:
    unknown = patients.sent(protocol, "p96-pain-patient-declines-the-mood-questions")
    assert unknown.is_urgent and not unknown.alerts.exists()
    at = unknown.submitted_at
    assert at and unknown.due_at == promises.closing_after(at, 0)
    calm = patients.sent(protocol)
    assert calm.submitted_at and calm.due_at == promises.read_by(calm.submitted_at)


def test_a_second_sending_changes_nothing(protocol: Protocol) -> None:
    first = patients.sent(protocol)
    again = answering.submit(first.pk, send_key=first.send_key)
    assert again.submitted_at == first.submitted_at
    assert Evaluation.objects.count() == Outbox.objects.count() == 1


def test_a_foreign_key_sends_nothing(protocol: Protocol) -> None:
    response = patients.draft(protocol)
    with pytest.raises(answering.AlreadySent):
        answering.submit(response.pk, send_key=uuid.uuid4())


def test_what_was_stopped_is_sent_no_more(protocol: Protocol) -> None:
    response = patients.draft(protocol)
    Response.objects.update(status="stopped", stopped_at=timezone.now())
    with pytest.raises(answering.AlreadySent):
        answering.submit(response.pk, send_key=response.send_key)


def test_an_incomplete_draft_names_the_page_that_wants_an_answer(
    protocol: Protocol,
) -> None:
    response = patients.draft(protocol)
    with pytest.raises(answering.NotComplete) as missing:
        answering.submit(response.pk, send_key=response.send_key)
    assert missing.value.slug == "help-other" or missing.value.slug == "safe-a"


def test_nothing_is_saved_after_sending(protocol: Protocol) -> None:
    response = patients.sent(protocol)
    with pytest.raises(answering.AlreadySent):
        answering.save_page(response.pk, answers={"phone": "1"})


def test_answers_no_longer_asked_are_left_out(protocol: Protocol) -> None:
    answers = patients.answers_of("p44-pain-patient-not-depressed")
    response = answering.begin(protocol=protocol, answers={})
    stale = {"mood-dx": ["bipolar"], "migraine-days": 20}
    answering.save_page(response.pk, answers=answers | stale)
    sent = answering.submit(response.pk, send_key=response.send_key)
    assert not {"mood-dx", "migraine-days"} & set(sent.answers)


def test_a_sent_response_holds_neither_code_nor_half_typed_words(
    protocol: Protocol,
) -> None:
    document = patients.sent(protocol).document
    assert not {"resume_code", "typed"} & set(document)


def test_a_nameless_response_has_no_identity() -> None:
    assert answering.identity({"full-name": "Ada"}) == ""


@pytest.mark.parametrize("raw", [3, None, [], {"absent": "asked-declined"}])
def test_an_identity_needs_words(raw: Any) -> None:
    assert answering.identity({"full-name": raw, "birth-date": "1984-05-01"}) == ""
