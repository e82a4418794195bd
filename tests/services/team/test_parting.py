"""Who leaves is out at once, and nothing that was theirs is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from screening.models import (
    AuditEvent,
    Outbox,
    Protocol,
    Role,
    Staff,
    StaffInvitation,
)
from screening.services import links
from screening.services.desk import assigning
from screening.services.safety import owning, watching
from screening.services.team import hiring, parting
from tests import patients
from tests.views.desk import signed_in_just_now

CALM = "p07-mild-now-with-a-lifelong-course"
pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(db: None) -> Staff:
    return patients.person(Role.LEAD, "cedar")


@pytest.fixture
def birch(db: None) -> Staff:
    return patients.person(Role.REVIEWER, "birch")


def test_every_session_ends_and_no_other(lead: Staff, birch: Staff) -> None:
    theirs, hers = [Client(), Client()], Client()
    for client in theirs:
        client.force_login(birch)
    hers.force_login(lead)
    assert parting.part(birch.pk, by=lead).sessions == 2
    assert Session.objects.count() == 1
    for client in theirs:
        assert "/staff/account/login/" in client.get("/staff/safety/")["Location"]
    assert hers.get("/staff/safety/").status_code == 200


def test_password_and_second_steps_are_forgotten(lead: Staff, birch: Staff) -> None:
    Authenticator.objects.create(user=birch, type="totp", data={})
    parting.part(birch.pk, by=lead)
    birch.refresh_from_db()
    assert not birch.is_active and not birch.has_usable_password()
    assert not Authenticator.objects.filter(user=birch).exists()
    tried = {"login": birch.email, "password": "a-long-secret"}
    Client().post("/staff/account/login/", tried)
    assert not Session.objects.exists()


def test_open_cases_go_back_to_all_and_decided_ones_stay(
    protocol: Protocol, lead: Staff, birch: Staff
) -> None:
    case = patients.sent(protocol, CALM)
    assigning.assign(case.pk, to=birch, by=lead)
    assert parting.part(birch.pk, by=lead).cases == 1
    case.refresh_from_db()
    assert case.assignee is None
    last = AuditEvent.objects.filter(action="response.assigned").latest("seq")
    assert (last.actor, last.meta) == (lead, {"to": None})


def test_open_alerts_go_back_and_are_told_again(
    protocol: Protocol, lead: Staff, birch: Staff
) -> None:
    draft = patients.draft(protocol, asq_5="yes", asq_3="yes")
    for alert in draft.alerts.all():
        owning.acknowledge(alert.pk, by=birch)
    Outbox.objects.all().delete()
    urgent = draft.alerts.order_by("-tier").first()
    assert urgent is not None
    assert parting.part(birch.pk, by=lead).alerts == draft.alerts.count()
    assert not draft.alerts.exclude(owner=None).exists()
    assert urgent.events.filter(kind="released", by=lead).exists()
    assert Outbox.objects.waiting().filter(alert=urgent).exists()
    desk = Client()
    desk.force_login(lead)
    assert (
        "its owner has left" in desk.get(f"/staff/alert/{urgent.pk}/").content.decode()
    )


def test_links_that_the_leaver_made_for_colleagues_end(
    lead: Staff,
) -> None:
    other = patients.person(Role.LEAD, "second")
    made = hiring.invite(email="mole@evil.example", role=Role.LEAD, by=other)
    parting.part(other.pk, by=lead)
    assert links.usable(StaffInvitation, made.pk) is None
    assert not Outbox.objects.waiting().exists()


def test_the_last_lead_stays(lead: Staff) -> None:
    with pytest.raises(parting.LastLead):
        parting.part(lead.pk, by=lead)
    lead.refresh_from_db()
    assert lead.is_active


def test_a_lead_may_go_when_another_stays(lead: Staff) -> None:
    patients.person(Role.LEAD, "second")
    parting.part(lead.pk, by=lead)
    with pytest.raises(parting.NotALead):
        parting.part(lead.pk, by=lead)


def test_only_a_lead_lets_others_go(lead: Staff, birch: Staff) -> None:
    with pytest.raises(parting.NotALead):
        parting.part(lead.pk, by=birch)


def test_who_has_left_cannot_leave_again(lead: Staff, birch: Staff) -> None:
    parting.part(birch.pk, by=lead)
    with pytest.raises(Staff.DoesNotExist):
        parting.part(birch.pk, by=lead)


def test_who_comes_back_has_the_same_account(lead: Staff, birch: Staff) -> None:
    parting.part(birch.pk, by=lead)
    made = hiring.invite(email=birch.email, role=Role.FRONT_DESK, by=lead)
    back = hiring.join(
        made, first_name="Sam", last_name="B", password="seven quiet lanterns"
    )
    assert back.pk == birch.pk and back.is_active and back.role == Role.FRONT_DESK
    client = Client()
    said = {"login": birch.email, "password": "seven quiet lanterns"}
    assert client.post("/staff/account/login/", said).status_code == 302
    assert Session.objects.exists()


def test_a_link_is_over_once_its_address_works_here(lead: Staff) -> None:
    made = hiring.invite(email="ivy@clinic.example", role=Role.REVIEWER, by=lead)
    Staff.objects.create_user("ivy", "ivy@clinic.example")
    with pytest.raises(links.NotUsable):
        hiring.join(made, first_name="I", last_name="R", password="x" * 20)
    assert links.usable(StaffInvitation, made.pk) is not None


def leaves_meanwhile(person: Staff) -> Any:
    """Switch somebody off at the moment when the leads are locked."""

    def first(execute: Any, sql: str, *rest: Any) -> Any:
        if 'ORDER BY "screening_staff"."id"' in sql:
            Staff.objects.filter(pk=person.pk).update(is_active=False)
        return execute(sql, *rest)

    return connection.execute_wrapper(first)


def test_staff_are_told_that_the_rota_counts_on_a_leaver(
    lead: Staff, settings: Any
) -> None:
    ash = patients.person(Role.REVIEWER, "ash")
    Staff.objects.create_user("drill", "", is_active=False)
    assert not [each for each in watching.warnings() if "has left" in each]
    parting.part(ash.pk, by=lead)
    assert [each for each in watching.warnings() if "Dr Robin Ash has left" in each]


def test_the_lead_switches_an_account_off(lead: Staff) -> None:
    ash, desk = patients.person(Role.REVIEWER, "ash"), Client()
    desk.force_login(lead)
    signed_in_just_now(desk)
    there = f"/staff/team/{ash.pk}/leave/"
    assert "Has ash left?" in desk.get(there).content.decode()
    done = desk.post(there).content.decode()
    assert "ash has left" in done and "still on the rota" in done
    assert desk.get(there).status_code == 404
    assert "Switched off" in desk.get("/staff/team/").content.decode()


def test_a_press_that_comes_too_late_leads_back_and_breaks_nothing(
    lead: Staff,
) -> None:
    ash = patients.person(Role.REVIEWER, "ash")
    desk = Client()
    desk.force_login(lead)
    signed_in_just_now(desk)
    there = f"/staff/team/{ash.pk}/leave/"
    for leaver, landing in ((ash, "/staff/team/"), (lead, "/staff/")):
        with leaves_meanwhile(leaver):
            assert desk.post(there)["Location"] == landing
        Staff.objects.update(is_active=True)


def test_the_lead_is_told_why_the_last_one_stays(lead: Staff) -> None:
    desk = Client()
    desk.force_login(lead)
    signed_in_just_now(desk)
    refused = desk.post(f"/staff/team/{lead.pk}/leave/")
    assert refused.status_code == 409
    assert "last lead" in refused.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer in memory")
def test_of_two_leads_who_let_each_other_go_one_stays(db: None) -> None:
    pair = [patients.person(Role.LEAD, name) for name in ("one", "two")]
    ready = Barrier(2)

    def let_go(number: int) -> bool:
        ready.wait()
        try:
            parting.part(pair[1 - number].pk, by=pair[number])
        except (parting.NotALead, parting.LastLead, Staff.DoesNotExist):
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(let_go, range(2))) == [False, True]
    assert Staff.objects.filter(is_active=True, role=Role.LEAD).count() == 1
