"""The basis as a PDF: on record first, paged, dated, signed, and nothing left out."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from screening.models import AuditEvent, Protocol, Response, guards
from screening.services import answering, reviewing
from screening.services.desk import disagreeing
from screening.views.export import basis_page, basis_paper, letters
from screening.views.export.paper import Paper, bold, plain, small
from tests import patients
from tests.views.desk import clinician, signed_in_just_now

pytestmark = pytest.mark.django_db

LONG = "p63-a-long-medical-history"


@pytest.fixture
def desk() -> Client:
    return signed_in_just_now(clinician())


def file_of(desk: Client, response: Response) -> Any:
    return desk.get(f"/staff/case/{response.pk}/basis.pdf")


def pages(file: bytes) -> int:
    return len(re.findall(rb"/Type /Page\n", file))


class Spoken(Paper):
    """Paper that remembers what was written on it."""

    def __init__(self, *signed: Any) -> None:
        self.said: list[str] = []
        super().__init__(*signed or ("Title", "Printed by ash", timezone.now()))

    def shown(self, text: str) -> str:
        drawn = super().shown(text)
        self.said.append(drawn)
        return drawn


def spoken(response: Response) -> str:
    paper = Spoken()
    basis_paper.write(paper, basis_page.context(response))
    assert paper.output().startswith(b"%PDF-")
    paper.close_fonts()
    return " ".join("".join(paper.said).split())


def test_it_is_on_record_before_any_answer_is_opened(
    desk: Client, protocol: Protocol
) -> None:
    response = patients.sent(protocol)
    with guards.lifted(connection):
        Response.objects.filter(pk=response.pk).update(sealed_answers=b"x" * 40)
    assert file_of(desk, response).status_code == 500
    assert AuditEvent.objects.filter(action="response.filed").count() == 1


def test_it_is_a_file_with_the_reference_for_its_name(
    desk: Client, protocol: Protocol
) -> None:
    response = patients.sent(protocol, LONG)
    page = file_of(desk, response)
    assert page["Content-Type"] == "application/pdf"
    assert f'"{response.reference}-basis.pdf"' in page["Content-Disposition"]
    assert "no-store" in page["Cache-Control"]
    assert page.content.startswith(b"%PDF-") and pages(page.content) > 3


def test_whoever_signed_in_long_ago_signs_in_anew(protocol: Protocol) -> None:
    response = patients.sent(protocol)
    page = file_of(clinician(), response)
    assert "reauthenticate" in page["Location"]


def test_another_persons_case_asks_why_first(desk: Client, protocol: Protocol) -> None:
    response = patients.sent(protocol)
    birch = patients.person(name="birch")
    Response.objects.filter(pk=response.pk).update(assignee=birch)
    assert b"Say why you open it" in file_of(desk, response).content
    assert not AuditEvent.objects.filter(action="response.filed").exists()


@pytest.mark.parametrize(
    "slug",
    [LONG, "p57-name-not-in-the-table", "p94-situational-with-wishes-to-be-dead"],
)
def test_all_that_the_sheet_says_is_on_it(protocol: Protocol, slug: str) -> None:
    response, by = patients.sent(protocol, slug), patients.person()
    choice = {"decision": "offer-consultation", "reason": "clinical-judgement"}
    reviewing.sign(
        response.pk,
        by=by,
        version=response.version,
        overrules="in-care",
        note="Spoke with both.",
        **choice,
    )
    disagreeing.disagree(response.pk, by=by, criterion="trd-severity", why="No: 12.")
    said, basis = spoken(response), basis_page.context(response)
    wanted = [*basis["limits"], *basis["outcome"], *basis["intended"]]
    wanted += [flag["statement"] for flag in basis["flags"]]
    wanted += [source.title for source in basis["sources"]]
    wanted += [row["question"] for page in basis["pages"] for row in page["rows"]]
    wanted += ["Spoke with both.", "No: 12.", "Signed by ash", protocol.version]
    assert [each for each in wanted if " ".join(each.split()) not in said] == []


def test_a_draft_with_changed_answers_says_so(protocol: Protocol) -> None:
    response = patients.draft(protocol, asq_3="yes", asq_1="no", asq_2="no", asq_4="no")
    answering.save_page(response.pk, answers={"asq-3": "no"})
    response.refresh_from_db()
    said = spoken(response)
    assert "First “Yes”, now “No”." in said and "Not sent yet" in said
    assert "Not judged yet" in said and "Not signed by anybody yet." in said


def test_no_letter_is_left_out_without_a_sign() -> None:
    paper = Spoken()
    paper.say(plain("Jürgen Żółć, שלום, 中\t"), bold("\x07"), small("a\r\nb"))
    paper.close_fonts()
    said = "".join(paper.said)
    assert "Jürgen Żółć, [4 Hebrew letters, not printed], [1 Chinese" in said
    assert "letter, not printed] [U+0007]a\nb" in said


def test_a_heading_does_not_stand_alone_and_every_page_is_signed() -> None:
    paper = Spoken()
    while paper.page_no() == 1:
        paper.section("A part of it")
        paper.say(plain("One line."))
    paper.close_fonts()
    assert paper.said.count("Printed by ash") == 2
    assert paper.said[-2:] == ["A part of it", "One line."]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("מִרְיָם כהן", "[7 Hebrew letters, not printed]"),
        ("محمد علي, 12", "[7 Arabic letters, not printed], 12"),
        ("李小龍", "[3 Chinese or Japanese letters, not printed]"),
        ("한국어 カ", "[1 Japanese letter, 3 Korean letters, not printed]"),
        ("sad 👩‍💻", "sad [woman, personal computer]"),
        ("e\u0301 q\u0301", "é q\u0301"),
        ("\u202eaway\x07", "[U+202E]away[U+0007]"),
    ],
)
def test_letters_that_cannot_be_drawn_are_named(typed: str, said: str) -> None:
    font = set(range(0x20, 0x250)) | {0x301} | set(range(0x590, 0x700))
    assert letters.spelled(typed, font, Counter()) == said


def test_a_file_that_leaves_letters_out_says_so_first_and_where_they_are(
    desk: Client, protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = patients.answers_of("p01-two-antidepressants-failed")
    response = patients.sent_with(protocol, answers | {"full-name": "مريم 李 😶‍🌫️"})
    monkeypatch.setattr(basis_paper, "Paper", Spoken)
    drawn: list[Spoken] = []
    monkeypatch.setattr(Spoken, "close_fonts", lambda paper: drawn.append(paper))
    assert file_of(desk, response).status_code == 200
    for paper in drawn:
        Paper.close_fonts(paper)
    said = "".join(drawn[-1].said)
    assert len(drawn) == 2 and "Not all is printed" in said
    first = said.index("cannot draw Arabic, Chinese or Japanese letters. Each")
    assert first < said.index(f"/staff/case/{response.pk}/basis/") < said.index("Rules")
