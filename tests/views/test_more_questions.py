"""A link to a few more questions: made in one press, opened by the patient alone."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from screening.models import (
    CaseLink,
    PatientMessage,
    Protocol,
    Response,
    Role,
    guards,
)
from screening.services import answering
from screening.services.journey import amending
from screening.services.upkeep import erasing
from screening.views.throttle import TRIES_TO_RESUME
from tests import patients
from tests.views.desk import case_text, clinician, text

TRAUMA_DECLINED = "p26-trauma-question-declined"
ANSWERS = patients.answers_of(TRAUMA_DECLINED)
SAFE = patients.ASQ_CALM | {"safe-now": "yes"}
YEAR, MONTH, DAY = str(ANSWERS["birth-date"]).split("-")
BORN = {
    "birth-date-year": YEAR,
    "birth-date-month": MONTH,
    "birth-date-day": DAY,
}
WRONG = {"birth-date-year": "1901"}


@pytest.fixture
def first(protocol: Protocol) -> Response:
    return patients.sent(protocol, TRAUMA_DECLINED)


@pytest.fixture
def desk(db: None) -> Client:
    return clinician()


def made(desk: Client, first: Response) -> Any:
    return desk.post(f"/staff/case/{first.pk}/ask/", follow=True)


def address_of(page: Any) -> str:
    """Return where the link leads, without the clinic's origin."""
    return "/more/" + str(page.context["address"]).rpartition("/more/")[2]


def opened(client: Client, page: Any, **born: str) -> Any:
    client.get(address_of(page))
    return client.post("/more/", BORN | born)


def test_one_press_shows_a_link_and_the_words_beside_it(
    desk: Client, first: Response
) -> None:
    assert "Ask only what is missing" in case_text(desk, first)
    page = made(desk, first)
    told = text(page)
    assert "In the past few weeks, have you wished you were dead?" in told
    assert page.context["pages"][0]["title"] == "Thoughts of suicide"
    assert "works once" in told
    assert "Contact allowed" in told
    assert not re.search("depress|trauma|ketamine|suicid", page.context["text"])
    assert "not opened, works until" in case_text(desk, first)
    again = desk.get(f"/staff/case/{first.pk}/link/")
    assert again.context["address"] == page.context["address"]


def test_that_it_was_sent_is_kept_without_the_link(
    desk: Client, first: Response
) -> None:
    page = made(desk, first)
    said = f"{page.context['text']} {page.context['address']}"
    told = {"how": "link", "text": said}
    assert desk.post(f"/staff/case/{first.pk}/tell/", told).status_code == 302
    kept = PatientMessage.objects.get().text
    assert address_of(page) not in kept
    assert kept.endswith("[link]")
    assert "Sent a link to more questions" in case_text(desk, first)


def test_where_nothing_is_missing_no_link_is_offered(
    desk: Client, protocol: Protocol
) -> None:
    settled = patients.sent(protocol)
    assert "Ask only what is missing" not in case_text(desk, settled)
    case = f"/staff/case/{settled.pk}/"
    assert desk.post(f"{case}ask/")["Location"] == case
    assert desk.get(f"{case}link/")["Location"] == case
    assert not CaseLink.objects.exists()


def test_anothers_case_asks_why_before_a_link_is_made_or_shown(
    desk: Client, first: Response
) -> None:
    made(desk, first)
    first.assignee = patients.person(Role.LEAD, "cedar")
    first.save(update_fields=["assignee"])
    assert made(desk, first).status_code == 403
    assert "address" not in desk.get(f"/staff/case/{first.pk}/link/").context
    assert CaseLink.objects.count() == 1


def test_looking_at_a_link_uses_nothing_up_and_leaves_the_address(
    desk: Client, first: Response, client: Client
) -> None:
    page = made(desk, first)
    assert client.get(address_of(page))["Location"] == "/more/"
    assert client.get("/more/").status_code == 200
    assert CaseLink.objects.get().used_at is None
    assert client.get("/more/no-such-link/")["Location"] == "/more/"
    over = client.get("/more/")
    assert over.status_code == 410
    assert b"tel:" in over.content


def test_the_birth_date_opens_it_and_no_address_holds_the_secret(
    desk: Client, first: Response, client: Client
) -> None:
    page = made(desk, first)
    assert opened(client, page)["Location"] == "/page/safe-a/"
    shown = client.get("/page/safe-a/").content.decode()
    assert address_of(page) not in shown
    assert first.answers["full-name"] not in shown
    assert 'class="back"' not in shown
    assert client.post("/more/", BORN)["Location"] == "/page/safe-a/"
    assert opened(Client(), page).status_code == 410


def test_two_taps_on_the_button_both_lead_on(
    desk: Client, first: Response, client: Client
) -> None:
    client.get(address_of(made(desk, first)))
    twin = Client()
    twin.cookies["session"] = client.cookies["session"].value
    for browser in (client, twin, twin):
        assert browser.post("/more/", BORN)["Location"] == "/page/safe-a/"


def test_a_double_tap_after_the_last_answer_leads_to_the_check(
    desk: Client, first: Response, client: Client
) -> None:
    opened(client, made(desk, first))
    draft = first.amendments.get()
    answering.save_page(draft.pk, answers=SAFE | {"pcptsd5-gate": "no"})
    assert client.get("/more/")["Location"] == "/check/"


def test_a_wrong_date_is_no_dead_end(
    desk: Client, first: Response, client: Client
) -> None:
    page = made(desk, first)
    for year in ("1901", ""):
        shown = opened(client, page, **{"birth-date-year": year})
        assert shown.status_code == 422
        assert b"tel:" in shown.content
    assert client.post("/more/", BORN).status_code == 302


def test_an_address_that_guesses_is_shut(
    desk: Client, first: Response, client: Client
) -> None:
    for _ in range(TRIES_TO_RESUME // amending.WRONG_DATES):
        page = made(desk, first)
        for _ in range(amending.WRONG_DATES):
            opened(client, page, **WRONG)
    shut = opened(client, made(desk, first))
    assert shut.status_code == 429
    assert b"tel:" in shut.content


def test_a_link_taken_back_after_wrong_dates_says_so_at_the_desk(
    desk: Client, first: Response, client: Client
) -> None:
    page = made(desk, first)
    opened(client, page, **WRONG)
    assert "1 wrong birth date " in case_text(desk, first)
    for _ in range(amending.WRONG_DATES):
        opened(client, page, **WRONG)
    assert "shut after wrong birth dates" in case_text(desk, first)
    made(desk, first)
    made(desk, first)
    assert "replaced by a newer one" in case_text(desk, first)


def test_a_link_to_what_was_erased_meanwhile_is_over(
    desk: Client, first: Response, client: Client
) -> None:
    page = made(desk, first)
    erasing.erase(first.reference)
    assert opened(client, page).status_code == 410


def test_while_intake_is_closed_the_link_says_so(
    desk: Client, first: Response, client: Client, settings: Any
) -> None:
    page = made(desk, first)
    settings.CLINIC = settings.CLINIC | {"region": "nowhere"}
    shown = client.get(address_of(page), follow=True)
    assert shown.templates[0].name == "screening/patient/closed.html"


def test_a_link_that_is_too_old_says_so_at_the_desk(
    desk: Client, first: Response
) -> None:
    link = amending.make_link(first, by=patients.person(name="birch"))
    with guards.lifted(connection):
        long_ago = timezone.now() - timedelta(days=30)
        later = long_ago + timedelta(days=7)
        rows = CaseLink.objects.filter(pk=link.pk)
        rows.update(made_at=long_ago, expires_at=later)
    assert "too old" in case_text(desk, first)


def test_a_session_that_was_laid_out_before_sees_nothing(
    desk: Client, first: Response
) -> None:
    page, before, patient = made(desk, first), Client(), Client()
    before.get(address_of(page))
    patient.cookies["session"] = before.cookies["session"].value
    assert opened(patient, page).status_code == 302
    assert before.get("/code/")["Location"] == "/resume/"
    assert patient.get("/code/").status_code == 200
