"""What a hurried reader could take wrong is said in full."""

from __future__ import annotations

import pytest
from django.test import Client

from screening.models import Protocol
from tests import patients
from tests.views.desk import case_text, clinician

pytestmark = pytest.mark.django_db

MIXED = "p96-pain-patient-declines-the-mood-questions"


@pytest.fixture
def desk() -> Client:
    return clinician()


def test_a_bare_yes_or_no_never_stands_without_its_question(
    desk: Client, protocol: Protocol
) -> None:
    response = patients.sent(protocol, "p63-a-long-medical-history")
    markup = desk.get(f"/staff/case/{response.pk}/").content.decode()
    flag = markup.split('id="finding-c-heart-history" class="flag brief"', 1)[1]
    answer = flag.split("</p></div>", 1)[0].split('<p class="said">', 1)[1]
    assert answer.startswith('<span class="soft bare">Was your heart problem or stroke')
    assert '<q><bdi dir="auto">No</bdi></q>' in answer


def test_a_row_that_leaves_a_rule_open_is_quoted(
    desk: Client, protocol: Protocol
) -> None:
    said = case_text(desk, patients.sent(protocol, "p56-lorazepam-dose-not-known"))
    assert "lorazepam, I do not know, Every day Part of it is not known." in said


def test_nothing_met_is_not_nothing_found_where_rules_are_open(
    desk: Client, protocol: Protocol
) -> None:
    said = case_text(desk, patients.sent(protocol, MIXED))
    assert "is met by these answers, but not every rule could be judged." in said
    said = case_text(desk, patients.sent(protocol))
    assert "No safety rule is met by these answers." in said


def test_a_trial_that_cannot_be_judged_is_told_from_those_that_can(
    desk: Client, protocol: Protocol
) -> None:
    said = case_text(desk, patients.sent(protocol, "p04-second-dose-not-known"))
    flag = said.split("Listed a mood medicine whose name, dose", 1)[1]
    quoted = flag.split("A trial that cannot be judged", 1)[0]
    assert (
        "venlafaxine, I do not know, 8 weeks" in quoted and "sertraline" not in quoted
    )
    assert "between 1 and 2 what is listed leaves it open" in said
