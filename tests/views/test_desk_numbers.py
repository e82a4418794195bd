"""The lead's newer charts: true, by words, and silent where few could be told apart."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from screening.models import Counted, DailyCount, Protocol, Response, Role, Staff
from screening.services import answering, reviewing
from screening.services.desk import disagreeing
from screening.services.figures import counting, daily, overruled
from screening.services.upkeep import retaining
from screening.views.figures import doing_page
from tests import patients
from tests.views.desk import clinician, text

pytestmark = pytest.mark.django_db

STOPS = "p50-heart-and-vessel-stops"
RULE = "s-brain-bleed"
OFFER = {"decision": "offer-consultation", "reason": "clinical-judgement"}
MORE = {"decision": "ask-for-more", "reason": "records-needed"}
URGENT = {"decision": "urgent-contact", "reason": "medical-risk"}


@pytest.fixture
def ash() -> Staff:
    return patients.person()


def sign(response: Response, by: Staff, **said: Any) -> None:
    response.refresh_from_db()
    reviewing.sign(response.pk, by=by, version=response.version, **said)


def charts() -> dict[str, dict[str, dict[str, Any]]]:
    drawn = doing_page.charts(timezone.now())
    return {
        chart["title"]: {bar["words"]: bar for bar in chart["bars"]} for chart in drawn
    }


def tick(what: Counted, code: str, times: int) -> None:
    DailyCount.objects.create(
        day=timezone.now().date(), what=what, code=code, count=times
    )


def test_flags_and_decisions_are_counted_by_what_was_overruled(
    protocol: Protocol, ash: Staff
) -> None:
    stopped, calm = patients.sent(protocol, STOPS), patients.sent(protocol)
    sign(stopped, ash, overrules="in-care", **OFFER)
    sign(stopped, ash, **MORE)
    sign(calm, ash, **URGENT)
    found = counting.agreement(timezone.now())
    assert found["doctor-first"] == {"calmer": 1, "urgent": 0, "all": 2}
    assert found["none"] == {"calmer": 0, "urgent": 1, "all": 1}


def test_what_was_taken_back_agrees_with_nothing(
    protocol: Protocol, ash: Staff
) -> None:
    response = patients.sent(protocol)
    sign(response, ash, **OFFER)
    reviewing.take_back(response.pk, review_id=response.reviews.get().pk, by=ash)
    assert counting.agreement(timezone.now())["none"]["all"] == 0


def test_the_median_of_few_is_not_told(protocol: Protocol, ash: Staff) -> None:
    for number in range(5):
        assert charts()[PACE]["Neither of these"]["shown"] == "too few"
        response = patients.sent(protocol)
        sign(response, ash, at=response.submitted_at + HOUR * (number + 1), **OFFER)
    assert charts()[PACE]["Neither of these"]["shown"] == "3 h 0 min"
    assert charts()[PACE]["Urgent"]["wide"] == 0


HOUR = dt.timedelta(hours=1)
PACE = "From sent to the first decision, median"
RULES = "Rules that are overruled most"
FINDINGS = "Findings that clinicians disagree with"
LEFT = "Where drafts were left"


@pytest.mark.parametrize(
    ("times", "demanded", "shown", "revise"),
    [
        (2, 60, "<5", False),
        (30, 60, "30 of 60", False),
        (57, 60, "57", True),
        (60, 60, "60 of 60", True),
        (49, 49, "49 of 49", False),
    ],
)
def test_a_rule_that_is_overruled_often_is_one_to_look_at(
    protocol: Protocol, times: int, demanded: int, shown: str, revise: bool
) -> None:
    tick(Counted.OVERRULED, RULE, times)
    tick(Counted.DEMANDED, RULE, demanded)
    [bar] = charts()[RULES].values()
    assert (bar["shown"], bar["revise"]) == (shown, revise)
    assert RULE in bar["words"] and len(bar["words"]) > len(RULE) + 3


def test_a_withdrawn_disagreement_counts_no_more(
    protocol: Protocol, ash: Staff
) -> None:
    response = patients.sent(protocol)
    for criterion in ("trd-severity", "trd-presence"):
        disagreeing.disagree(response.pk, by=ash, criterion=criterion)
    disagreeing.withdraw(response.pk, by=ash, criterion="trd-presence")
    assert overruled.disagreed(timezone.now()) == {"trd-severity": 1}
    [bar] = charts()[FINDINGS].values()
    assert bar["shown"] == "<5" and "(trd-severity)" in bar["words"]


def test_a_draft_that_is_deleted_leaves_the_page_it_stopped_at(
    protocol: Protocol,
) -> None:
    now = timezone.now()
    with time_machine.travel(now - dt.timedelta(days=31), tick=False):
        patients.draft(protocol)
        patients.draft(protocol, **patients.ASQ_CALM)
        whole = answering.begin(protocol=protocol, answers={})
        known = patients.answers_of("p01-two-antidepressants-failed")
        answering.save_page(whole.pk, answers=known)
        torn = patients.draft(protocol)
        Response.objects.filter(pk=torn.pk).update(sealed_answers=b"x" * 40)
    assert retaining.delete_old_drafts() == 4
    assert sum(overruled.left_at(timezone.now()).values()) == 3
    words = charts()[LEFT]
    assert "All answered, not sent" in words and "check" not in words


def test_what_is_counted_leads_to_nobody() -> None:
    assert [f.name for f in DailyCount._meta.fields] == [
        *("id", "day", "what", "code", "count")
    ]


def test_numbers_of_a_day_add_up_and_old_ones_are_left_out(db: None) -> None:
    now = timezone.now()
    daily.add(Counted.MET, [], at=now)
    for at in (now, now, now - counting.SPAN - dt.timedelta(days=2)):
        daily.add(Counted.MET, ["ptsd", "ptsd"], at=at)
    assert daily.totals(Counted.MET, since=now - counting.SPAN) == {"ptsd": 2}
    assert DailyCount.objects.count() == 2


def test_without_a_protocol_the_codes_speak(protocol: Protocol) -> None:
    Protocol.objects.update(status="retired")
    tick(Counted.OVERRULED, RULE, 1)
    tick(Counted.LEFT_AT, "safe-a", 1)
    assert f"({RULE})" in charts()[RULES] and "safe-a" in charts()[LEFT]


def test_the_lead_reads_every_chart(protocol: Protocol) -> None:
    tick(Counted.OVERRULED, RULE, 60)
    tick(Counted.DEMANDED, RULE, 60)
    lead: Client = clinician(Role.LEAD, "cedar")
    said = text(lead.get("/staff/doing/"))
    assert all(title in said for title in (PACE, RULES, FINDINGS, LEFT))
    assert "Look at this rule again 60 of 60" in said
