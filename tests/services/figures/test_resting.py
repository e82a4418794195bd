"""Where patients stop: counted live, by page, and never by patient."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection

from screening.models import Counted, DailyCount, Protocol, Response, guards
from screening.services import answering
from screening.services.figures import resting
from screening.services.upkeep import retaining
from screening.views.figures import doing_page
from tests import patients

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2027, 3, 1, 15, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def records(settings: Any, tmp_path: Path) -> None:
    settings.RECORDS = tmp_path / "records"


def chart(at: dt.datetime) -> tuple[dict[str, str], str]:
    [found] = [c for c in doing_page.charts(at) if c["title"] == "Where patients stop"]
    return {bar["words"]: bar["shown"] for bar in found["bars"]}, found["note"]


def test_drafts_that_rest_are_counted_by_their_page_until_they_go_on(
    protocol: Protocol,
) -> None:
    with time_machine.travel(NOW, tick=False):
        drafts = [patients.draft(protocol) for _ in range(5)]
        red = patients.draft(protocol, **patients.ASQ_CALM, **{"safe-now": "no"})
        caught = patients.draft(protocol)
        Response.objects.filter(pk=caught.pk).update(is_spam=True)
        torn = patients.draft(protocol)
        Response.objects.filter(pk=torn.pk).update(sealed_answers=b"x" * 40)
        patients.sent(protocol)
    assert resting.count_resting(at=NOW + DAY / 2) == 0
    later = NOW + DAY * 1.5
    assert chart(later)[0] == {}
    assert resting.count_resting(at=later) == 6
    counts, at = resting.counted()
    assert sorted(counts.values()) == [1, 5] and at == later
    shown, note = chart(later)
    assert sorted(shown.values()) == ["5", "<5"]
    assert note == f"{RESTED} Counted Tue Mar 2, 9pm, once an hour."
    with time_machine.travel(later, tick=False):
        answering.save_page(drafts[0].pk, answers=patients.ASQ_CALM)
        answering.save_page(red.pk, answers=patients.ASQ_CALM)
    assert resting.count_resting(at=later + DAY / 2) == 4
    assert resting.count_resting(at=NOW + retaining.KEPT + DAY / 2) == 2


RESTED = "Not sent, and no page saved for a day."


def test_before_the_first_count_the_chart_says_so(protocol: Protocol) -> None:
    assert chart(NOW) == ({}, f"{RESTED} Not counted yet.")


def test_erased_and_drilled_drafts_stop_nowhere(protocol: Protocol) -> None:
    keeper = patients.person(name="daily-drill")
    with time_machine.travel(NOW, tick=False):
        answering.begin(protocol=protocol, answers={}, recorded_by=keeper)
        erased = patients.draft(protocol, **{"safe-now": "no"})
    with guards.lifted(connection):
        Response.objects.filter(pk=erased.pk).update(wrapped_key=b"")
    assert resting.count_resting(at=NOW + 2 * DAY) == 0
    assert not DailyCount.objects.filter(what=Counted.RESTS_AT).exists()
