"""The page between a calm decision and a red flag, and the word against a finding."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from screening.models import (
    OVERRULING,
    NoteDraft,
    Protocol,
    Response,
    Staff,
    guards,
)
from screening.services.desk import assigning, noting
from tests import patients
from tests.views.desk import case_text, clinician, text

pytestmark = pytest.mark.django_db

STOPS = "p50-heart-and-vessel-stops"
OFFER = "offer-consultation/clinical-judgement"
NOTE = "Her cardiologist <b>agrees</b>."


@pytest.fixture
def desk() -> Client:
    return clinician()


@pytest.fixture
def response(protocol: Protocol) -> Response:
    return patients.sent(protocol, STOPS)


def post(desk: Client, response: Response, act: str, **said: Any) -> Any:
    version = Response.objects.get(pk=response.pk).version
    return desk.post(f"/staff/case/{response.pk}/{act}/", {"version": version} | said)


def test_the_page_tells_what_asks_for_more_and_keeps_the_note(
    desk: Client, response: Response
) -> None:
    page = post(desk, response, "review", choice=OFFER, note=NOTE)
    said, markup = text(page), page.content.decode()
    assert page.status_code == 422 and not response.reviews.exists()
    assert "Offer consultation: Clinical judgement, criteria aside" in said
    assert "Doctor decides" in said and "s-brain-bleed" in said
    assert "Her cardiologist &lt;b&gt;agrees&lt;/b&gt;.</textarea>" in markup
    assert " checked" not in markup and "Choose why" not in said
    assert noting.kept(response, by=Staff.objects.get()) == NOTE
    assert "<script src" in markup and "onclick" not in markup


def test_going_back_keeps_what_was_written_there(
    desk: Client, response: Response
) -> None:
    page = post(desk, response, "review", choice=OFFER, note=NOTE)
    assert '<button class="outline" name="back"' in page.content.decode()
    said = {"choice": OFFER, "note": "More.", "overrules": "in-care", "back": "yes"}
    page = post(desk, response, "review", **said)
    assert page["Location"] == f"/staff/case/{response.pk}/"
    assert noting.kept(response, by=Staff.objects.get()) == "More."
    assert not response.reviews.exists()


@pytest.mark.parametrize("reason", [code for code, _ in OVERRULING])
def test_each_reason_signs(desk: Client, response: Response, reason: str) -> None:
    said = {"choice": OFFER, "note": NOTE, "overrules": reason, "asked_why": "yes"}
    assert post(desk, response, "review", **said).status_code == 302
    assert response.reviews.get().overrules == reason
    assert not NoteDraft.objects.exists()
    words = dict(OVERRULING)[reason]
    assert words in case_text(desk, response)
    assert words in text(desk.get(f"/staff/case/{response.pk}/basis/"))


@pytest.mark.parametrize(
    ("reason", "problem"),
    [("", "Choose why"), ("in-the-note", "Write the reason into the note.")],
)
def test_without_a_reason_it_asks_again(
    desk: Client, response: Response, reason: str, problem: str
) -> None:
    said = {"choice": OFFER, "overrules": reason, "asked_why": "yes"}
    page = post(desk, response, "review", **said)
    assert page.status_code == 422 and problem in text(page)
    assert not response.reviews.exists()


def test_a_reason_that_is_none_of_ours_is_refused(
    desk: Client, response: Response
) -> None:
    page = post(desk, response, "review", choice=OFFER, overrules="because")
    assert page.status_code == 422 and not response.reviews.exists()


def test_a_case_that_changed_is_told_first(desk: Client, response: Response) -> None:
    said = {"choice": OFFER, "overrules": "in-care", "note": NOTE, "version": 0}
    assert post(desk, response, "review", **said).status_code == 409
    assert noting.kept(response, by=Staff.objects.get()) == NOTE


def test_a_summary_that_does_not_open_signs_nothing(
    desk: Client, response: Response
) -> None:
    with guards.lifted(connection):
        Response.objects.filter(pk=response.pk).update(sealed_summary=b"x" * 40)
    assert post(desk, response, "review", choice=OFFER).status_code == 500
    assert not response.reviews.exists()


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("ask", {}),
        ("ask", {"how": "phone"}),
        ("disagree", {"criterion": "s-brain-bleed", "note": NOTE}),
        ("tell", {"how": "phone", "text": "Please call us."}),
    ],
)
def test_a_case_that_does_not_open_says_so_whatever_is_pressed(
    desk: Client, response: Response, settings: Any, act: str, said: dict[str, str]
) -> None:
    settings.VAULT_KEYS = {name: bytes(32) for name in settings.VAULT_KEYS}
    page = post(desk, response, act, **said)
    assert page.status_code == 500
    assert page.templates[0].name == "screening/clinician/unreadable.html"


def test_one_click_disagrees_and_says_who(desk: Client, response: Response) -> None:
    page = post(desk, response, "disagree", criterion="s-brain-bleed", note=NOTE)
    assert page["Location"].endswith(f"/{response.pk}/#finding-s-brain-bleed")
    assert "ash disagrees." in case_text(desk, response)
    assert "Disagreed with a finding, ash" in case_text(desk, response)
    assert noting.kept(response, by=Staff.objects.get()) == NOTE


def test_why_is_optional_and_stands_on_the_basis_too(
    desk: Client, response: Response
) -> None:
    post(desk, response, "disagree", criterion="s-brain-bleed", why="It was a scare.")
    paper = text(desk.get(f"/staff/case/{response.pk}/basis/"))
    assert "Where a clinician disagrees ash disagrees with" in paper
    assert "It was a scare." in paper and "It was a scare." in case_text(desk, response)
    post(desk, response, "disagree", criterion="s-brain-bleed", withdraw="yes")
    assert "ash disagrees." not in case_text(desk, response)
    assert "Withdrew a disagreement, ash" in case_text(desk, response)


def test_somebody_elses_word_leaves_room_for_mine(
    desk: Client, response: Response
) -> None:
    post(clinician(name="birch"), response, "disagree", criterion="s-brain-bleed")
    markup = desk.get(f"/staff/case/{response.pk}/").content.decode()
    assert "birch disagrees." in markup and 'name="withdraw"' not in markup
    assert 'name="criterion" value="s-brain-bleed">Disagree' in markup


def test_a_finding_that_is_none_changes_nothing(
    desk: Client, response: Response
) -> None:
    page = post(desk, response, "disagree", criterion="no-such-rule")
    assert page.status_code == 422 and not response.disagreements.exists()


def test_another_persons_case_asks_why_first(desk: Client, response: Response) -> None:
    birch = patients.person(name="birch")
    assigning.assign(response.pk, to=birch, by=birch)
    page = post(desk, response, "disagree", criterion="s-brain-bleed")
    assert page.status_code == 403 and not response.disagreements.exists()
