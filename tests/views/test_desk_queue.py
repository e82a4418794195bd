"""The queue: the most pressing case is plain to see, and why it waits."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from screening.models import Protocol, Response, guards
from screening.services import answering, reviewing
from screening.services.safety import owning
from screening.views.desk import queue_page
from tests import patients
from tests.views.desk import clinician, text

pytestmark = pytest.mark.django_db

EMERGENCY = "p45-thoughts-of-suicide-now"
ATTEMPT = "p48-attempt-last-month"
STOPS = "p50-heart-and-vessel-stops"
CALM = "p06-same-drug-twice"
VOICES = "p53-hears-voices-at-seventeen"
MIXED = "p96-pain-patient-declines-the-mood-questions"


@pytest.fixture
def desk() -> Client:
    return clinician()


def test_the_highest_tier_stands_first_then_who_is_due_first(
    desk: Client, protocol: Protocol
) -> None:
    slugs = (STOPS, CALM, ATTEMPT, EMERGENCY, VOICES)
    cases = [patients.sent(protocol, slug) for slug in slugs]
    sooner = cases[4].due_at - timedelta(days=1)
    Response.objects.filter(pk=cases[4].pk).update(due_at=sooner)
    groups = desk.get("/staff/").context["groups"]
    rows = [row["key"] for group in groups for row in group["rows"]]
    assert rows == [cases[place].pk for place in (3, 2, 4, 0, 1)]


@pytest.fixture
def lanes(protocol: Protocol) -> list[Response]:
    """An emergency, two that are overdue, and two in time, in the queue's order."""
    slugs = (EMERGENCY, STOPS, CALM, STOPS, CALM)
    cases = [patients.sent(protocol, slug) for slug in slugs]
    past = timezone.now() - timedelta(days=1)
    for case in cases[1:3]:
        Response.objects.filter(pk=case.pk).update(due_at=past)
    return cases


def test_what_is_overdue_stands_behind_the_urgent_and_before_the_rest(
    desk: Client, lanes: list[Response]
) -> None:
    groups = desk.get("/staff/").context["groups"]
    assert [(g["title"], [row["key"] for row in g["rows"]]) for g in groups] == [
        ("Call now, tier c", [lanes[0].pk]),
        ("Overdue", [lanes[1].pk, lanes[2].pk]),
        ("Doctor decides first", [lanes[3].pk]),
        ("Routine", [lanes[4].pk]),
    ]


def test_pages_and_next_cases_lead_through_the_queue_in_its_order(
    desk: Client, lanes: list[Response], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_page, "PAGE", 1)
    after, seen = "", []
    for case in lanes:
        page = desk.get("/staff/", {"after": after})
        seen += [row["key"] for g in page.context["groups"] for row in g["rows"]]
        after = page.context["after"]
        case.refresh_from_db()
    assert seen == [case.pk for case in lanes] and not after
    following = [queue_page.next_case(case) for case in lanes]
    assert following == [*lanes[1:], None]


def test_a_row_says_why_a_case_waits_and_for_how_long(
    desk: Client, protocol: Protocol
) -> None:
    patients.sent(protocol, EMERGENCY)
    said = text(desk.get("/staff/"))
    assert "Call now, tier c" in said
    assert "thoughts of killing themselves right now" in said
    assert "and 1 more" in said
    assert "Met: Treatment-resistant depression" in said
    assert "4 of 72 not answered" in said
    assert "0 min" in said and "Nobody" in said


def test_a_row_says_what_is_unknown_and_what_could_not_be_judged(
    desk: Client, protocol: Protocol
) -> None:
    patients.sent(protocol, MIXED)
    patients.sent(protocol, "p51-not-sure-about-the-heart-list")
    said = text(desk.get("/staff/"))
    assert "Unknown: Treatment-resistant depression" in said
    assert "An urgent question has no answer that settles it" in said
    assert "Could not be judged: Reports an aneurysm" in said


def test_a_draft_that_alarmed_waits_in_the_queue_and_says_so(
    desk: Client, protocol: Protocol
) -> None:
    patients.draft(protocol, phq9_9="several-days", **{"help-with": ["mood"]})
    draft = answering.begin(protocol=protocol, answers=patients.CALM)
    answering.save_page(draft.pk, answers=patients.ASQ_CALM | {"asq-3": "yes"})
    said = text(desk.get("/staff/"))
    assert "Not sent" in said
    assert "Answered yes to at least one of ASQ items 1 to 4" in said


def test_what_was_signed_is_beside_the_case_while_it_waits_and_once_it_is_decided(
    desk: Client, protocol: Protocol
) -> None:
    draft = patients.draft(protocol, asq_3="yes")
    by = patients.person(name="birch")
    reviewing.sign(
        draft.pk,
        by=by,
        version=draft.version,
        decision="urgent-contact",
        reason="suicide-answers",
    )
    assert "Signed: Urgent: contact today, birch" in text(desk.get("/staff/"))
    for alert in draft.alerts.all():
        owning.close(alert.pk, by=by, reason="in-care")
    draft.refresh_from_db()
    reviewing.sign(
        draft.pk,
        by=by,
        version=draft.version,
        decision="not-suitable-now",
        reason="safety-first",
        overrules="asked",
    )
    said = text(desk.get("/staff/", {"view": "decided"}))
    assert "Signed: Not suitable now, refer, birch" in said
    assert "Answered yes to at least one of ASQ items 1 to 4" in said
    assert "No safety rule is met" not in said


def test_an_empty_queue_says_when_it_was_checked(desk: Client) -> None:
    said = text(desk.get("/staff/"))
    assert "Nobody is waiting." in said
    assert re.search(r"Checked \w{3} \w{3} \d+, \d+(:\d\d)?[ap]m", said)


def test_the_next_rows_begin_behind_the_last(
    desk: Client, protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_page, "PAGE", 2)
    for slug in (STOPS, ATTEMPT, EMERGENCY):
        patients.sent(protocol, slug)
    first = desk.get("/staff/")
    after = first.context["after"]
    second = desk.get("/staff/", {"after": after})
    assert "Next 2" in text(first) and "Back to the first 2" in text(second)
    keys = [
        r["key"]
        for p in (first, second)
        for g in p.context["groups"]
        for r in g["rows"]
    ]
    assert len(keys) == len(set(keys)) == 3


def test_pages_follow_one_another_within_one_due_time(
    desk: Client, protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_page, "PAGE", 1)
    cases = [patients.sent(protocol, STOPS) for _ in range(4)]
    due, saved = cases[0].due_at, cases[0].saved_at
    for place, hours in enumerate((0, 5, 5, 2)):
        waits = saved - timedelta(hours=hours)
        one = Response.objects.filter(pk=cases[place].pk)
        one.update(due_at=due, saved_at=waits)
    seen, after = [], ""
    while after is not None:
        page = desk.get("/staff/", {"after": after})
        seen += [r["key"] for g in page.context["groups"] for r in g["rows"]]
        after = page.context["after"] or None
    tied = sorted((cases[1].pk, cases[2].pk))
    assert seen == [*tied, cases[3].pk, cases[0].pk]


@pytest.mark.parametrize("after", ["", "nonsense", "0" * 36, "12"])
def test_a_bad_place_in_the_queue_is_the_first_page(desk: Client, after: str) -> None:
    assert desk.get("/staff/", {"after": after}).status_code == 200


def test_the_banner_leads_to_the_most_pressing_alert(
    desk: Client, protocol: Protocol
) -> None:
    patients.sent(protocol, ATTEMPT)
    worst = patients.sent(protocol, EMERGENCY)
    page = desk.get("/staff/protocol/")
    assert re.search(r"\d+ open safety alerts, \d+ with nobody", text(page))
    assert f"/staff/case/{worst.pk}/" in page.content.decode()


def test_an_alert_that_somebody_took_names_them(
    desk: Client, protocol: Protocol
) -> None:
    response = patients.sent(protocol, ATTEMPT)
    for alert in response.alerts.all():
        owning.acknowledge(alert.pk, by=patients.person(name=f"birch{alert.tier}"))
    page = desk.get("/staff/")
    assert "Alert: birchb" in text(page) and "with nobody" not in text(page)


def test_a_case_that_cannot_be_opened_stays_in_sight(
    desk: Client, protocol: Protocol
) -> None:
    response = patients.sent(protocol)
    with guards.lifted(connection):
        Response.objects.filter(pk=response.pk).update(sealed_summary=b"x" * 40)
    assert "Cannot be opened" in text(desk.get("/staff/"))


def test_many_cases_are_read_with_as_few_queries_as_one(
    desk: Client, protocol: Protocol
) -> None:
    patients.sent(protocol, EMERGENCY)
    desk.get("/staff/")
    with CaptureQueriesContext(connection) as one:
        desk.get("/staff/")
    for slug in (EMERGENCY, ATTEMPT, STOPS, MIXED):
        patients.sent(protocol, slug)
    draft = answering.begin(protocol=protocol, answers=patients.CALM)
    answering.save_page(draft.pk, answers=patients.ASQ_CALM | {"asq-3": "yes"})
    with CaptureQueriesContext(connection) as many:
        desk.get("/staff/")
    assert len(many) == len(one)
