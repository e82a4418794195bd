"""A draft is walked as a patient would walk it: help first, and nothing is kept."""

from __future__ import annotations

import pytest
from django.test import Client

from screening.models import Role
from screening.services.protocol import drafting
from screening.services.publishing import publish
from tests.records import a_member_of_staff
from tests.small_protocol import small_document

pytestmark = pytest.mark.django_db
HOME = "/staff/protocol/draft/"


@pytest.fixture
def desk(client: Client) -> Client:
    """Sign in a lead who has begun a draft."""
    lead = a_member_of_staff(Role.LEAD)
    client.force_login(lead)
    publish(small_document(version="1.0.0"))
    drafting.start(by=lead)
    return client


def test_a_draft_is_walked_as_a_patient_and_nothing_is_kept(desk: Client) -> None:
    first = desk.get(f"{HOME}preview/", follow=True)
    assert b"Preview of draft" in first.content
    path = f"{HOME}preview/mood/"
    empty = desk.post(path, {"action": "continue"})
    assert empty.status_code == 422
    answers = {"low": "no", "wish-1": "yes", "action": "continue"}
    help_first = desk.post(path, answers, follow=True).content.decode()
    assert "Thank you for telling us" in help_first
    assert (
        "Please talk to someone today." in help_first and "Nobody is told" in help_first
    )
    end = desk.post(f"{HOME}preview/help/", {"action": "call-me"}, follow=True)
    assert "Made up." in end.content.decode()
    assert "Wished to be dead" in end.content.decode()
    answers["low"] = "yes"
    assert desk.post(path, answers)["Location"].endswith("preview/tried/")
    assert desk.get(f"{HOME}preview/nowhere/").status_code == 404


def test_help_comes_before_any_error_as_it_does_for_patients(desk: Client) -> None:
    path = f"{HOME}preview/mood/"
    desk.get(f"{HOME}preview/")
    assert desk.get(f"{HOME}preview/help/")["Location"].endswith("preview/")
    red_and_incomplete = desk.post(path, {"wish-1": "yes", "action": "continue"})
    assert red_and_incomplete["Location"].endswith("preview/help/")
    assert desk.post(f"{HOME}preview/help/")["Location"] == path
