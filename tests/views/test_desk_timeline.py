"""The timeline: a run of openings is one line, and each of them is still in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from screening.models import AuditEvent, Protocol, Response, Role, Staff
from screening.services import reviewing
from screening.services.desk import assigning
from screening.views.case import case_timeline
from tests import patients
from tests.views.desk import case_text, clinician

pytestmark = pytest.mark.django_db

NINE = datetime(2027, 3, 1, 15, tzinfo=UTC)


def opened(response: Response, by: Staff, times: int) -> None:
    for number in range(times):
        with time_machine.travel(NINE + timedelta(minutes=number), tick=False):
            reviewing.open_case(response, by=by)


def test_a_run_of_one_persons_openings_is_one_line_with_its_times(
    protocol: Protocol,
) -> None:
    response, ash = patients.sent(protocol), patients.person()
    birch = patients.person(Role.LEAD, "birch")
    opened(response, ash, 3)
    opened(response, birch, 1)
    assigning.assign(response.pk, to=ash, by=ash)
    opened(response, ash, 2)
    told = case_timeline.timeline(response)[-4:]
    assert [(each["who"], len(each["times"])) for each in told] == [
        *(("ash", 3), ("birch", 0), ("ash", 0), ("ash", 2))
    ]
    assert told[0]["times"] == [f"Mon Mar 1, {t}am" for t in ("9", "9:01", "9:02")]
    lines = case_timeline.timeline(response)
    untold = AuditEvent.objects.exclude(action__in=case_timeline.UNTOLD)
    about = untold.filter(object_id=str(response.pk)).count()
    assert sum(len(each["times"]) or 1 for each in lines) == about


def test_the_page_says_how_often_and_unfolds_the_rest(protocol: Protocol) -> None:
    response, desk = patients.sent(protocol), clinician()
    opened(response, Staff.objects.get(username="ash"), 2)
    said = case_text(desk, response)
    assert "Case opened, 3 times until" in said and "Mon Mar 1, 9:01am" in said
