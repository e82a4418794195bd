"""Whoever comes back with a code is on record, and the patient is told of it."""

from __future__ import annotations

import pytest
from django.test import Client

from screening.models import Protocol, Response, Role
from screening.views.access import DRAFT
from tests import patients
from tests.test_guessing import resume
from tests.views.desk import case_text, clinician, text

USED = "Your code was last used on"


@pytest.fixture
def draft(protocol: Protocol) -> Response:
    return patients.draft(protocol, **patients.ASQ_CALM, safe_now="no")


def holding(response: Response) -> Client:
    client = Client()
    session = client.session
    session[DRAFT] = str(response.pk)
    session.save()
    return client


def test_a_patient_is_told_when_the_code_was_used_by_somebody(draft: Response) -> None:
    patient, code = holding(draft), draft.document["resume_code"]
    assert USED not in text(patient.get("/code/"))
    other = Client()
    assert resume(code, other)["Location"] == "/code/"
    for path in ("/code/", "/stop/"):
        shown = text(patient.get(path))
        assert USED in shown and "Was that not you? Please call us" in shown
    # Of the coming back by which this page was reached nobody needs to be told.
    assert USED not in text(other.get("/code/"))
    again = Client()
    resume(code, again)
    assert USED in text(again.get("/code/"))


def test_staff_who_use_a_code_do_so_in_their_own_name(draft: Response) -> None:
    code = draft.document["resume_code"]
    resume(code)
    elm = clinician(Role.FRONT_DESK, "elm")
    resume(code, elm)
    assert elm.get("/staff/safety/").status_code == 302
    told = case_text(clinician(), draft)
    assert told.count("Opened again with its code") == 2
    assert "whoever has the code" in told
    lead = clinician(Role.LEAD, "cedar")
    opened = text(lead.get("/staff/opened/"))
    assert opened.count("Opened again with its code") == 1
    assert "elm" in opened
