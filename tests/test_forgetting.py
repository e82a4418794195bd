"""Once a questionnaire is sent or put away, this device is told to forget it."""

from __future__ import annotations

import pytest
from django.test import Client

from screening.models import Protocol
from screening.services import answering
from screening.views.access import DRAFT
from tests import patients

pytestmark = pytest.mark.django_db

FORGET = '"cache", "storage"'


@pytest.fixture
def patient(client: Client, protocol: Protocol) -> Client:
    response = answering.begin(protocol=protocol, answers={})
    answers = patients.answers_of("p07-mild-now-with-a-lifelong-course")
    answering.save_page(response.pk, answers=answers)
    session = client.session
    session[DRAFT] = str(response.pk)
    session.save()
    return client


def test_sending_has_the_browser_forget(patient: Client) -> None:
    key = patient.get("/check/").context["send_key"]
    assert patient.post("/send/", {"send_key": key})["Location"] == "/sent/"
    assert patient.get("/sent/")["Clear-Site-Data"] == FORGET


def test_leaving_has_the_browser_forget(patient: Client) -> None:
    assert patient.get("/leave/")["Clear-Site-Data"] == FORGET
    assert patient.get("/check/")["Location"] == "/resume/"


def test_closing_the_answers_here_has_the_browser_forget(patient: Client) -> None:
    assert "Clear-Site-Data" not in patient.get("/stop/")
    assert patient.post("/stop/")["Clear-Site-Data"] == FORGET


def test_no_page_of_a_patient_may_be_kept(patient: Client) -> None:
    for path in ("/check/", "/copy/?all=yes", "/code/", "/page/about-you/", "/stop/"):
        answer = patient.get(path)
        assert answer.status_code == 200, path
        assert answer["Cache-Control"] == "no-store", path
