"""What a clinician reads: a case with its whole basis, and the protocol behind it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from screening.engine.truth import TRUE
from screening.models import Protocol, Response, Role
from screening.services import answering
from screening.services.journey import opening
from tests import golden, patients
from tests.views.desk import case_text, clinician, text, truths

pytestmark = pytest.mark.django_db

EMERGENCY = "p45-thoughts-of-suicide-now"
STOPS = "p50-heart-and-vessel-stops"
MIXED = "p96-pain-patient-declines-the-mood-questions"


@pytest.fixture
def desk() -> Client:
    return clinician()


@pytest.mark.parametrize(
    "slug", [EMERGENCY, STOPS, MIXED, "p94-situational-with-wishes-to-be-dead"]
)
def test_no_template_is_ever_given_a_truth(
    desk: Client, protocol: Protocol, slug: str
) -> None:
    response = patients.sent(protocol, slug)
    for path in ("/staff/", f"/staff/case/{response.pk}/", "/staff/protocol/"):
        page = desk.get(path)
        assert page.context is not None
        assert truths([context.flatten() for context in page.context]) == []


def test_a_truth_that_was_given_would_be_found() -> None:
    assert truths({"a": [({"b": TRUE},)]}) == [TRUE]


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        (
            "p01-two-antidepressants-failed",
            "Possible candidate for: Treatment-resistant depression. As answered, each "
            "of the clinic's criteria for it is met. For the doctor to review. Not a "
            "diagnosis.",
        ),
        (
            "p42-back-fibromyalgia-and-depression",
            "Not a diagnosis. Pathway: mood and pain.",
        ),
        (
            "p18-post-partum-two-drugs-failed",
            "each of the clinic's criteria for each of them is met.",
        ),
        ("p26-trauma-question-declined", "More information needed for: Post-traumatic"),
        (
            "p06-same-drug-twice",
            "None of the clinic's indications was found in these answers. A doctor may "
            "still review.",
        ),
        (
            "p83-ptsd-not-severe-with-thoughts-of-death",
            "More information needed: an urgent finding stands.",
        ),
    ],
)
def test_the_outcome_is_said_with_care(
    desk: Client, protocol: Protocol, slug: str, sentence: str
) -> None:
    said = case_text(desk, patients.sent(protocol, slug))
    assert sentence in said
    assert not re.search(r"\b(in)?eligib|\bqualif|\bapproved|\breject", said, re.I)


def test_a_flag_shows_the_patients_own_words_its_reason_and_its_source(
    desk: Client, protocol: Protocol
) -> None:
    response = patients.sent(protocol, STOPS)
    markup = desk.get(f"/staff/case/{response.pk}/").content.decode()
    said = case_text(desk, response)
    assert '<q><bdi dir="auto">Bleeding in the brain</bdi></q>' in markup
    assert "Ketamine raises blood pressure; a past bleed" in said
    assert (
        "s-brain-bleed, version 1.0.0. Sources: C3, SPRAVATO Clinic’s default" in said
    )
    assert "74 safety rules checked: 4 met, 0 could not be judged" in said


def test_a_flag_leads_to_its_criterion_in_the_protocol(
    desk: Client, protocol: Protocol
) -> None:
    response = patients.sent(protocol, STOPS)
    markup = desk.get(f"/staff/case/{response.pk}/").content.decode()
    links = set(re.findall(r'href="(/staff/protocol/\?version=[^#]+)#([^"]+)"', markup))
    assert links
    for path, code in links:
        assert f'id="{code}"' in desk.get(path).content.decode()


def test_what_could_not_be_judged_is_listed_with_what_was_said(
    desk: Client, protocol: Protocol
) -> None:
    said = case_text(desk, patients.sent(protocol, "p57-name-not-in-the-table"))
    assert "Could not be judged: 16" in said
    assert "A blank is not a “no”." in said
    assert "zzz Not recognised." in said


def test_an_exclusion_that_was_set_aside_says_why(
    desk: Client, protocol: Protocol
) -> None:
    response = patients.sent(protocol, "p94-situational-with-wishes-to-be-dead")
    assert "Set aside, because an urgent finding stands." in case_text(desk, response)


def test_a_score_with_gaps_is_not_scored(desk: Client, protocol: Protocol) -> None:
    said = case_text(desk, patients.sent(protocol, MIXED))
    assert "Cannot be scored: 9 answers missing" in said
    assert "Screening result, not a diagnosis." in said


def test_a_full_score_has_its_range_its_band_and_its_answers(
    desk: Client, protocol: Protocol
) -> None:
    said = case_text(desk, patients.sent(protocol, STOPS))
    assert "18 of 27, moderately severe (15 to 19)" in said
    assert "9 of 9 answered" in said


def test_a_name_that_is_near_another_is_a_question(
    desk: Client, protocol: Protocol
) -> None:
    said = case_text(desk, patients.sent(protocol, "p76-near-match-lamictil"))
    assert "typed lamictil , not recognised , could be Lamictal" in said


def test_an_urgent_answer_taken_back_shows_first_and_now(
    desk: Client, protocol: Protocol
) -> None:
    response = patients.draft(protocol, asq_3="yes", asq_1="no", asq_2="no", asq_4="no")
    answering.save_page(response.pk, answers={"asq-3": "no"})
    said = case_text(desk, response)
    assert "Urgent answers that were changed" in said
    assert re.search(r"killing yourself\? First Yes , now No", said)


def test_every_question_that_was_asked_is_on_the_page(
    desk: Client, protocol: Protocol
) -> None:
    response = patients.sent(protocol, MIXED)
    said = case_text(desk, response)
    journey = opening.walk(response, response.document, response.submitted_at)
    for page in journey.pages:
        for item in journey.items(page):
            assert " ".join(item.text.split()) in said
    assert "Not answered" in said


def test_what_the_patient_asks_stands_before_the_answers(
    desk: Client, protocol: Protocol
) -> None:
    asked = patients.answers_of(STOPS)
    assert "Asks the doctor" not in case_text(desk, patients.sent(protocol, STOPS))
    asked["questions-for-doctor"] = "Must I stop <b>my</b> tablets?"
    said = case_text(desk, patients.sent_with(protocol, asked))
    assert said.index("Must I stop <b>my</b> tablets?") < said.index("By indication")


def test_the_doctor_reads_how_strong_the_evidence_is(
    desk: Client, protocol: Protocol
) -> None:
    said = case_text(desk, patients.sent(protocol, "p38-pain-all-over"))
    assert "Evidence: Weak or none (Cohen 2018, read as a summary)." in said


def test_every_criterion_is_on_the_protocol_page(protocol: Protocol) -> None:
    page = clinician(Role.ADMINISTRATOR).get("/staff/protocol/")
    markup, said = page.content.decode(), text(page)
    for criterion in golden.protocol().criteria:
        assert f'id="{criterion.code}"' in markup
        assert criterion.statement in said and criterion.default in said
    assert "open safety alert" not in said


def test_an_unknown_version_of_the_protocol_is_not_found(
    desk: Client, protocol: Protocol
) -> None:
    assert desk.get("/staff/protocol/", {"version": "9.9"}).status_code == 404


def test_the_criteria_can_be_read_while_nothing_is_asked(
    desk: Client, protocol: Protocol
) -> None:
    Protocol.objects.update(status="retired")
    page = desk.get("/staff/protocol/")
    assert "No longer asked" in text(page) and "u-asq-now" in page.content.decode()


def test_a_case_that_was_erased_is_not_found(desk: Client, protocol: Protocol) -> None:
    response = patients.sent(protocol)
    Response.objects.filter(pk=response.pk).update(wrapped_key=b"")
    assert desk.get(f"/staff/case/{response.pk}/").status_code == 404


def test_a_draft_without_alarm_is_nobodys_to_read(
    desk: Client, protocol: Protocol
) -> None:
    response = patients.draft(protocol)
    assert desk.get(f"/staff/case/{response.pk}/").status_code == 404
