"""An invited patient: one link, one questionnaire, and never a dead end."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import IntegrityError, InternalError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from screening import vault
from screening.models import AuditEvent, PatientInvitation, Protocol, Response, Role
from screening.services import links
from screening.services.journey import inviting
from tests import patients
from tests.test_beginning import consent  # noqa: F401

pytestmark = pytest.mark.django_db

OVER = "This link does not work any more"


@pytest.fixture
def invitation(protocol: Protocol) -> PatientInvitation:
    return inviting.invite(by=patients.person(Role.FRONT_DESK))


def address(invitation: PatientInvitation) -> str:
    return reverse("invitation_link", args=[links.token_of(invitation)])


def follow(invitation: PatientInvitation, client: Client | None = None) -> Client:
    client = client or Client()
    client.get(address(invitation))
    client.post("/invited/")
    return client


def test_a_link_begins_one_questionnaire(
    invitation: PatientInvitation,
    consent: dict[str, Any],  # noqa: F811
) -> None:
    client = Client()
    landed = client.get(address(invitation), follow=True)
    assert landed.redirect_chain == [("/invited/", 302)]
    assert client.post("/invited/")["Location"] == "/begin/"
    assert client.post("/begin/", consent)["Location"].startswith("/page/")
    response = Response.objects.get()
    invitation.refresh_from_db()
    assert invitation.used_at is not None
    used = AuditEvent.objects.get(action="invitation.used")
    assert used.meta == {"response": str(response.pk)}


def test_looking_at_a_link_uses_nothing_up(invitation: PatientInvitation) -> None:
    for method in ("get", "head", "options", "get"):
        scanner = Client()
        getattr(scanner, method)(address(invitation))
        scanner.get("/invited/")
    follow(invitation)
    assert links.usable(PatientInvitation, invitation.pk) is not None
    assert not Response.objects.exists()


def test_nothing_of_the_link_stays_behind(
    invitation: PatientInvitation,
    consent: dict[str, Any],  # noqa: F811
) -> None:
    token, client = links.token_of(invitation), follow(invitation)
    pages = [client.get("/invited/"), client.get("/begin/")]
    pages.append(client.post("/begin/", consent, follow=True))
    held = b"".join(page.content for page in pages)
    held += str([s.get_decoded() for s in Session.objects.all()]).encode()
    held += str(AuditEvent.objects.values()).encode()
    held += str(PatientInvitation.objects.values()).encode()
    assert token.encode() not in held
    assert len(token) == 22


@pytest.mark.parametrize("spoil", ["used", "withdrawn", "old", "unknown"])
def test_a_link_that_is_over_is_no_dead_end(
    invitation: PatientInvitation, spoil: str
) -> None:
    now, there = timezone.now(), address(invitation)
    if spoil == "used":
        links.use(invitation, now)
    elif spoil == "withdrawn":
        inviting.withdraw(invitation, by=invitation.made_by)
    elif spoil == "unknown":
        there = there[:-3] + ("x/" if there[-3] != "x" else "y/")
    days = 15 if spoil == "old" else 0
    with time_machine.travel(now + timezone.timedelta(days=days)):
        page = Client().get(there, follow=True)
    said = page.content.decode()
    assert page.status_code == 410
    assert OVER in said and configured.CLINIC["phone"] in said and "988" in said
    assert 'href="/"' in said and 'href="/resume/"' in said


@pytest.mark.parametrize("around", ["{}.", "<{}>", "({}),", "{}”"])
def test_a_link_that_a_sentence_ends_with_opens_too(
    invitation: PatientInvitation, around: str
) -> None:
    token = around.format(links.token_of(invitation))
    assert Client().get(f"/invited/{quote(token)}/", follow=True).status_code == 200


@pytest.mark.parametrize("token", ["x" * 5000, "\x00", "' OR 1=1", "é", "a b", "%"])
def test_what_was_never_a_link_is_no_dead_end_either(
    protocol: Protocol, token: str
) -> None:
    page = Client().get(f"/invited/{quote(token)}/", follow=True)
    assert page.status_code == 410 and OVER in page.content.decode()


def test_who_used_the_link_here_goes_on_here(
    invitation: PatientInvitation,
    consent: dict[str, Any],  # noqa: F811
) -> None:
    client = follow(invitation)
    client.post("/begin/", consent)
    again = client.get(address(invitation), follow=True)
    assert "Go on with my answers" in again.content.decode()
    assert client.get("/check/").status_code == 200


def test_a_link_that_was_followed_twice_begins_once(
    invitation: PatientInvitation,
    consent: dict[str, Any],  # noqa: F811
) -> None:
    first, second = follow(invitation), follow(invitation)
    assert first.post("/begin/", consent).status_code == 302
    late = second.post("/begin/", consent, follow=True)
    assert late.redirect_chain[-1][0] == "/invited/"
    assert OVER in late.content.decode()
    assert Response.objects.count() == 1
    # Without the link she begins as anybody does.
    assert second.post("/begin/", consent)["Location"].startswith("/page/")


def test_the_invited_have_a_budget_of_their_own(
    invitation: PatientInvitation,
    consent: dict[str, Any],  # noqa: F811
    settings: Any,
) -> None:
    settings.STARTS_PER_HOUR = 1
    for _ in range(3):
        flood = Client().post("/begin/", consent)
    assert flood.status_code == 429
    assert follow(invitation).post("/begin/", consent).status_code == 302
    assert Client().post("/begin/", consent).status_code == 429
    assert Response.objects.count() == 2


def test_a_link_that_ran_out_meanwhile_costs_no_beginning(
    invitation: PatientInvitation,
    consent: dict[str, Any],  # noqa: F811
) -> None:
    client, index = Client(), vault.blind_index("invitation", str(invitation.pk))
    assert client.post("/begin/", consent)["Location"].startswith("/page/")
    follow(invitation, client)
    inviting.withdraw(invitation, by=invitation.made_by)
    assert client.post("/begin/", consent)["Location"] == "/invited/"
    assert cache.get(f"budget:begin:{index}") == 0


def test_who_says_no_keeps_the_link(
    invitation: PatientInvitation,
    consent: dict[str, Any],  # noqa: F811
) -> None:
    client = follow(invitation)
    client.post("/begin/", consent | {"consent-questionnaire": "false"})
    assert links.usable(PatientInvitation, invitation.pk) is not None
    assert client.post("/begin/", consent)["Location"].startswith("/page/")


@pytest.mark.parametrize("column", ["expires_at", "used_at", "for_tablet", "made_at"])
def test_a_used_link_stays_used(invitation: PatientInvitation, column: str) -> None:
    links.use(invitation, timezone.now())
    value = True if column == "for_tablet" else timezone.now()
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        PatientInvitation.objects.update(**{column: value})


def test_the_desk_prints_a_link_until_it_is_used(invitation: PatientInvitation) -> None:
    desk = Client()
    desk.force_login(invitation.made_by)
    there = f"/staff/invitations/{invitation.pk}/"
    assert address(invitation) in desk.get(there).content.decode()
    drawn = desk.get(f"{there}link.svg")
    assert drawn["Content-Type"] == "image/svg+xml" and b"<svg" in drawn.content
    assert drawn["Cache-Control"] == "no-store"
    links.use(invitation, timezone.now())
    assert address(invitation) not in desk.get(there).content.decode()
    assert desk.get(f"{there}link.svg").status_code == 404


def test_the_desk_makes_links_and_takes_them_back(protocol: Protocol) -> None:
    desk = Client()
    desk.force_login(patients.person(Role.FRONT_DESK))
    made = desk.post("/staff/invitations/", {"for": "tablet"})
    found = PatientInvitation.objects.get()
    assert found.for_tablet and made["Location"] == f"/staff/invitations/{found.pk}/"
    desk.post(f"{made['Location']}withdraw/")
    desk.post(f"{made['Location']}withdraw/")
    assert "Taken back" in desk.get("/staff/invitations/").content.decode()
    assert AuditEvent.objects.filter(action="invitation.withdrawn").count() == 1
