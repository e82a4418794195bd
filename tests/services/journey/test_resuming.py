"""A draft is found again by its code and birth date, and by nothing else."""

from __future__ import annotations

import pytest

from screening.models import Protocol, Response
from screening.services import answering
from screening.services.journey import codes, resuming
from tests import patients

BORN = patients.CALM["birth-date"]


def test_the_code_and_the_birth_date_open_the_draft(protocol: Protocol) -> None:
    response = patients.draft(protocol)
    code = response.document["resume_code"]
    for typed in (code, codes.grouped(code).lower(), code.replace("0", "o")):
        assert resuming.find(code=typed, birth_date=str(BORN)) == response


@pytest.mark.parametrize("birth_date", ["", "1984-05-02", "é"])
def test_another_birth_date_opens_nothing(protocol: Protocol, birth_date: str) -> None:
    code = patients.draft(protocol).document["resume_code"]
    assert resuming.find(code=code, birth_date=birth_date) is None


def test_before_a_birth_date_was_told_the_code_is_enough(protocol: Protocol) -> None:
    response = answering.begin(protocol=protocol, answers={})
    code = response.document["resume_code"]
    assert resuming.find(code=code, birth_date="1984-05-01") == response


def test_a_wrong_code_opens_nothing(protocol: Protocol) -> None:
    patients.draft(protocol)
    assert resuming.find(code="0" * 16, birth_date=str(BORN)) is None


def test_a_sent_response_cannot_be_opened_again(protocol: Protocol) -> None:
    response = answering.begin(protocol=protocol, answers={})
    code = response.document["resume_code"]
    answers = patients.answers_of("p01-two-antidepressants-failed")
    answering.save_page(response.pk, answers=answers)
    answering.submit(response.pk, send_key=response.send_key)
    assert resuming.find(code=code, birth_date="1984-05-01") is None


def test_an_erased_draft_cannot_be_opened_again(protocol: Protocol) -> None:
    response = patients.draft(protocol)
    code = response.document["resume_code"]
    Response.objects.update(wrapped_key=b"")
    assert resuming.find(code=code, birth_date=str(BORN)) is None


def test_codes_use_no_letter_that_can_be_misread() -> None:
    written = {c for _ in range(200) for c in codes.new_resume_code()}
    assert not written & set("ILOU")
    assert len(codes.new_resume_code()) == 16


def test_each_coming_back_is_on_record_and_the_last_one_known(
    protocol: Protocol,
) -> None:
    response, clerk = patients.draft(protocol), patients.person()
    assert resuming.last_resumed(response) is None
    first = resuming.resume(response, by=None)
    assert (first.actor, first.actor_label) == (None, "whoever has the code")
    assert resuming.last_resumed(response) == first.at
    assert resuming.last_resumed(response, before=first.seq) is None
    second = resuming.resume(response, by=clerk)
    assert (second.actor, second.actor_label) == (clerk, "")
    assert resuming.last_resumed(response, before=second.seq) == first.at
