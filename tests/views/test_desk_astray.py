"""Staff who go astray are led back to their desk, and learn nothing on the way."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from screening.models import Protocol, Role
from tests import patients
from tests.views.desk import clinician, text

pytestmark = pytest.mark.django_db

GONE = "This is not here, or not open to you"
OURS = "We could not find that page"


@pytest.mark.parametrize("role", Role)
def test_a_dead_link_inside_the_desk_leads_back_to_it(
    role: Role, protocol: Protocol
) -> None:
    desk = clinician(role)
    case = patients.sent(protocol).pk
    pages = [desk.get(f"/staff/{a}/") for a in ("no", f"case/{uuid.uuid4()}")]
    if role not in (Role.REVIEWER, Role.LEAD):
        pages.append(desk.get(f"/staff/case/{case}/"))
    assert {page.status_code for page in pages} == {404}
    assert len({text(page) for page in pages}) == 1
    said = text(pages[0])
    assert GONE in said and "Back to the desk" in said
    assert "988" in said and "The help page is open to all" in said


def test_a_patient_is_still_led_back_to_their_answers(client: Client) -> None:
    assert OURS in text(client.get("/staff/no/"))
    assert OURS in text(clinician().get("/no/"))


def test_a_page_that_is_too_old_says_what_to_do_with_what_was_written() -> None:
    desk = Client(enforce_csrf_checks=True)
    desk.force_login(patients.person())
    page = desk.post(f"/staff/case/{uuid.uuid4()}/review/", {"note": "Hers."})
    assert page.status_code == 403
    assert "What you sent was not done" in text(page)


@pytest.mark.parametrize(
    ("button", "page"),
    [
        ("case/{key}/review/", "case/{key}/"),
        ("case/{key}/undo/", "case/{key}/"),
        ("alert/{key}/own/", "alert/{key}/"),
        ("views/7/forget/", "views/"),
        ("views/", ""),
        ("protocol/draft/people/bless/", "protocol/draft/people/"),
    ],
)
def test_the_address_of_a_button_leads_to_its_page(
    protocol: Protocol, button: str, page: str
) -> None:
    key = patients.sent(protocol).pk
    answer = clinician(Role.LEAD).get(f"/staff/{button}".format(key=key))
    assert answer.status_code == 302
    assert answer["Location"] == f"/staff/{page}".format(key=key)


def test_a_button_that_was_pressed_after_the_session_leads_back_to_its_page(
    client: Client, protocol: Protocol
) -> None:
    case = f"/staff/case/{patients.sent(protocol).pk}/"
    door = client.post(f"{case}review/", {"note": "Hers."})["Location"]
    client.force_login(patients.person())
    assert client.get(door.partition("next=")[2])["Location"] == case
