"""A colleague comes in by the lead's link, once, with a second step in production."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import IntegrityError, InternalError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from screening.models import AuditEvent, Outbox, Role, Staff, StaffInvitation
from screening.services import links
from screening.services.mail import delivering
from screening.services.team import hiring
from tests import patients
from tests.views.desk import signed_in_just_now

pytestmark = pytest.mark.django_db

NEW = "Ivy@Clinic.example"
PASSWORD = "seven quiet lanterns"
SAID = {
    "first_name": "Ivy",
    "last_name": "Reed",
    "password": PASSWORD,
    "again": PASSWORD,
}
OVER = "This link does not work any more"


@pytest.fixture
def lead() -> Staff:
    return patients.person(Role.LEAD, "cedar")


@pytest.fixture
def invitation(lead: Staff) -> StaffInvitation:
    return hiring.invite(email=NEW, role=Role.REVIEWER, by=lead)


def address(invitation: StaffInvitation) -> str:
    return reverse("join_link", args=[links.token_of(invitation)])


def follow(invitation: StaffInvitation) -> Client:
    client = Client()
    landed = client.get(address(invitation), follow=True)
    assert landed.redirect_chain == [("/staff/join/", 302)]
    return client


def actions() -> list[str]:
    return list(AuditEvent.objects.values_list("action", flat=True))


def test_the_mail_holds_the_link_and_the_database_does_not(
    invitation: StaffInvitation,
) -> None:
    assert delivering.deliver_next() is not None
    letter = mail.outbox[0]
    assert letter.to == [NEW.lower()]
    assert address(invitation) in letter.body
    token = links.token_of(invitation)
    held = f"{StaffInvitation.objects.values()} {Outbox.objects.values()}"
    held += str(AuditEvent.objects.values())
    assert token not in held and token not in str(letter.subject)


def test_a_colleague_joins_and_signs_in(invitation: StaffInvitation) -> None:
    client = follow(invitation)
    assert client.post("/staff/join/", SAID)["Location"] == "/staff/account/login/"
    person = Staff.objects.get(email=NEW.lower())
    assert (person.role, str(person)) == (Role.REVIEWER, "Ivy Reed")
    assert {"staff.invited", "staff.joined"} <= set(actions())
    login = {"login": NEW, "password": PASSWORD}
    assert client.post("/staff/account/login/", login)["Location"] == "/staff/"
    assert client.get("/staff/").status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_every_colleague_lands_on_a_page_after_signing_in(
    lead: Staff, role: Role
) -> None:
    client = follow(hiring.invite(email=NEW, role=role, by=lead))
    client.post("/staff/join/", SAID)
    said = {"login": NEW, "password": PASSWORD}
    landed = client.post("/staff/account/login/", said, follow=True)
    assert landed.status_code == 200
    assert "/account/" not in landed.redirect_chain[-1][0]


def test_production_asks_the_colleague_for_a_second_step(
    invitation: StaffInvitation, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client = follow(invitation)
    client.post("/staff/join/", SAID)
    client.post("/staff/account/login/", {"login": NEW, "password": PASSWORD})
    there = "/staff/account/2fa/totp/activate/"
    assert client.get("/staff/")["Location"] == there
    anew = client.get(there)["Location"]
    assert anew.startswith("/staff/account/reauthenticate/")
    assert client.post(anew, {"password": PASSWORD})["Location"] == there
    assert "authenticator app" in client.get(there).content.decode()
    assert client.get("/staff/")["Location"] == there


def test_looking_at_the_link_uses_nothing_up(invitation: StaffInvitation) -> None:
    for _ in range(3):
        follow(invitation).get("/staff/join/")
    assert links.usable(StaffInvitation, invitation.pk) is not None
    held = str([session.get_decoded() for session in Session.objects.all()])
    assert links.token_of(invitation) not in held


def test_the_link_lets_nobody_in_twice(invitation: StaffInvitation) -> None:
    first, second = follow(invitation), follow(invitation)
    first.post("/staff/join/", SAID)
    late = second.post("/staff/join/", SAID | {"first_name": "Eve"})
    assert late.status_code == 410 and OVER in late.content.decode()
    assert Client().get(address(invitation), follow=True).status_code == 410
    assert Staff.objects.get(email=NEW.lower()).first_name == "Ivy"


def test_of_two_who_join_at_one_moment_the_second_is_refused(
    invitation: StaffInvitation,
) -> None:
    more = {k: v for k, v in SAID.items() if k != "again"}
    hiring.join(invitation, **more)
    with pytest.raises(links.NotUsable):
        hiring.join(invitation, **more)


def test_an_old_link_is_over(invitation: StaffInvitation) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=3, seconds=1)):
        page = Client().get(address(invitation), follow=True)
    assert page.status_code == 410 and 'href="/help/"' in page.content.decode()


def test_a_new_link_ends_the_one_before(
    invitation: StaffInvitation, lead: Staff
) -> None:
    again = hiring.invite(email=NEW.upper(), role=Role.LEAD, by=lead)
    assert Client().get(address(invitation), follow=True).status_code == 410
    assert follow(again).post("/staff/join/", SAID).status_code == 302
    assert Outbox.objects.waiting().count() == 1
    assert Staff.objects.get(email=NEW.lower()).role == Role.LEAD


@pytest.mark.parametrize(
    "said",
    [
        {"password": "short", "again": "short"},
        {"password": "password password", "again": "other"},
        {"password": "ivy@clinic.example", "again": "ivy@clinic.example"},
        {"first_name": ""},
        {"again": ""},
    ],
)
def test_a_poor_password_makes_no_account(
    invitation: StaffInvitation, said: dict[str, str]
) -> None:
    page = follow(invitation).post("/staff/join/", SAID | said)
    assert page.status_code == 422
    assert PASSWORD not in page.content.decode()
    assert not Staff.objects.filter(email=NEW.lower()).exists()


def test_who_joins_on_a_colleagues_device_signs_her_out(
    invitation: StaffInvitation, lead: Staff
) -> None:
    client = Client()
    client.force_login(lead)
    client.get(address(invitation))
    client.post("/staff/join/", SAID)
    assert "/staff/account/login/" in client.get("/staff/")["Location"]
    assert "staff.signed-out" in actions()


def test_a_name_that_is_taken_does_not_stand_in_the_way(
    invitation: StaffInvitation,
) -> None:
    Staff.objects.create_user(NEW.lower(), "other@clinic.example")
    follow(invitation).post("/staff/join/", SAID)
    assert Staff.objects.filter(email=NEW.lower()).exists()


def test_two_people_never_share_an_address(lead: Staff) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Staff.objects.create_user("twin", lead.email.upper())


@pytest.mark.parametrize("column", ["email", "role"])
def test_an_invitation_says_the_same_for_ever(
    invitation: StaffInvitation, column: str
) -> None:
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        StaffInvitation.objects.update(**{column: "lead"})


def desk_of(lead: Staff) -> Client:
    client = Client()
    client.force_login(lead)
    return signed_in_just_now(client)


def test_the_lead_asks_in_and_takes_back(lead: Staff) -> None:
    desk = desk_of(lead)
    asked = {"email": NEW, "role": "front-desk"}
    assert desk.post("/staff/team/", asked)["Location"] == "/staff/team/"
    assert NEW.lower() in desk.get("/staff/team/").content.decode()
    made = StaffInvitation.objects.get()
    desk.post(f"/staff/team/{made.pk}/back/")
    assert not Outbox.objects.waiting().exists()
    assert follow_is_over(made)
    assert "staff.invitation-withdrawn" in actions()


def follow_is_over(invitation: StaffInvitation) -> bool:
    return Client().get(address(invitation), follow=True).status_code == 410


@pytest.mark.parametrize(
    "said",
    [
        {"email": "cedar@demo.invalid", "role": "lead"},
        {"email": "no-address", "role": "lead"},
        {"email": NEW, "role": "owner"},
        {"email": NEW},
    ],
)
def test_what_makes_no_sense_invites_nobody(lead: Staff, said: dict[str, str]) -> None:
    assert desk_of(lead).post("/staff/team/", said).status_code == 422
    assert not StaffInvitation.objects.exists()


def test_who_signed_in_long_ago_signs_in_anew_before_asking_in(lead: Staff) -> None:
    client = Client()
    client.force_login(lead)
    answer = client.post("/staff/team/", {"email": NEW, "role": "lead"})
    assert "/staff/account/reauthenticate/" in answer["Location"]
    assert not StaffInvitation.objects.exists()
