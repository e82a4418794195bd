"""How the clinic is doing: true numbers, and none that tells somebody apart."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from screening.models import AuditEvent, Protocol, Response, Role
from screening.services import reviewing
from screening.services.figures import counting
from screening.services.safety import owning
from tests import patients
from tests.views.desk import clinician, text

pytestmark = pytest.mark.django_db

EMERGENCY = "p45-thoughts-of-suicide-now"
DECIDED = {"decision": "ask-for-more", "reason": "records-needed"}


@pytest.fixture
def lead() -> Client:
    return clinician(Role.LEAD, "cedar")


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0"), (1, "<5"), (4, "<5"), (5, "5"), (70, "70")]
)
def test_a_small_number_is_hidden(count: int, words: str) -> None:
    assert counting.shown(count) == words


def test_what_was_sent_is_counted_in_its_week(protocol: Protocol) -> None:
    for _ in range(3):
        patients.sent(protocol)
    counts = list(counting.volume(timezone.now()).values())
    assert counts[-1] == 3 and sum(counts) == 3 and len(counts) == 9


def test_the_promise_is_kept_late_or_still_open(protocol: Protocol) -> None:
    now, by = timezone.now(), patients.person()
    in_time, late, waiting, overdue = (patients.sent(protocol) for _ in range(4))
    for case in (in_time, late):
        reviewing.sign(case.pk, by=by, version=case.version, **DECIDED)
    past = now - timedelta(hours=1)
    Response.objects.filter(pk__in=(late.pk, overdue.pk)).update(due_at=past)
    assert list(counting.promise(timezone.now()).values()) == [1, 1, 1, 1]
    assert waiting.reviewed_at is None


def test_a_decision_that_was_corrected_does_not_count(protocol: Protocol) -> None:
    case, by = patients.sent(protocol), patients.person()
    first = reviewing.sign(case.pk, by=by, version=case.version, **DECIDED)
    reviewing.take_back(case.pk, review_id=first.pk, by=by)
    assert counting.decisions(timezone.now()) == {}


def test_alerts_are_counted_by_how_soon_they_were_taken(protocol: Protocol) -> None:
    case = patients.sent(protocol, EMERGENCY)
    alerts = list(case.alerts.all())
    owning.acknowledge(alerts[0].pk, by=patients.person())
    counts = counting.acknowledged(timezone.now())
    assert counts["Within 15 minutes"] == 1
    assert counts[counting.NOBODY] == len(alerts) - 1
    assert counts["Later"] == 0


def test_the_lead_reads_it_and_no_answer_is_opened(
    lead: Client, protocol: Protocol
) -> None:
    for _ in range(6):
        patients.sent(protocol)
    patients.sent(protocol, EMERGENCY)
    before = AuditEvent.objects.count()
    page = lead.get("/staff/doing/")
    said = text(page)
    assert "Waiting, not due yet 7" in said and "<5" in said
    assert AuditEvent.objects.count() == before


def test_no_bar_tells_what_its_number_hides(lead: Client, protocol: Protocol) -> None:
    widths = []
    for _ in range(2):
        patients.sent(protocol)
        bars = lead.get("/staff/doing/").context["charts"][0]["bars"]
        widths.append(bars[-1]["wide"])
    assert widths[0] == widths[1]


def test_it_costs_the_same_however_many_there_are(
    lead: Client, protocol: Protocol
) -> None:
    lead.get("/staff/doing/")
    counts = []
    for _ in range(2):
        patients.sent(protocol, EMERGENCY)
        with CaptureQueriesContext(connection) as queries:
            lead.get("/staff/doing/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
