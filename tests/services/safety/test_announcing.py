"""Who is told of an alert, when, and of which nobody is sent a mail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from screening.models import Outbox, Protocol, Response, SafetyAlert
from screening.services import answering
from screening.services.mail import delivering
from screening.services.safety import escalating, owning
from tests import patients

MORNING = datetime(2026, 11, 23, 16, tzinfo=UTC)  # a Monday, 10 in Chicago
NOON = MORNING + timedelta(hours=2)
LATE = MORNING + timedelta(hours=5)  # 3 in the afternoon
VERY_LATE = MORNING + timedelta(hours=6, minutes=30)
EVENING = MORNING + timedelta(hours=9)
LONG_AGO = {
    "asq-1": "no",
    "asq-2": "no",
    "asq-3": "no",
    "asq-4": "yes",
    "asq-4-when": "over-1-year",
    "asq-5": "no",
}

pytestmark = pytest.mark.django_db


def red(protocol: Protocol, at: datetime = MORNING, **answers: str) -> Response:
    response = patients.draft(protocol)
    return say(response, at, **answers)


def say(response: Response, at: datetime = MORNING, **answers: str) -> Response:
    said: dict[str, Any] = {k.replace("_", "-"): v for k, v in answers.items()}
    return answering.save_page(response.pk, answers=said, at=at).response


def dues() -> list[datetime]:
    return list(Outbox.objects.order_by("due_at").values_list("due_at", flat=True))


def deliver(at: datetime) -> list[str]:
    """Return the subjects of what a worker sends at this moment."""
    before = len(mail.outbox)
    while delivering.deliver_next(at=at):
        pass
    return [str(each.subject) for each in mail.outbox[before:]]


@pytest.mark.parametrize("answer", [{"safe_now": "not-sure"}, {"safe_now": "no"}])
def test_what_cannot_wait_is_told_at_once(
    protocol: Protocol, answer: dict[str, str]
) -> None:
    red(protocol, **answer)
    assert dues() == [MORNING]
    assert deliver(MORNING) == ["1 urgent response is waiting"]


def test_thoughts_are_told_in_one_digest_before_closing(protocol: Protocol) -> None:
    red(protocol, asq_1="yes")
    red(protocol, NOON, asq_3="yes")
    assert deliver(NOON) == []
    assert dues() == [MORNING + timedelta(hours=4)]
    assert deliver(LATE) == ["2 urgent responses are waiting"]


def test_what_comes_after_the_digest_goes_into_a_further_one(
    protocol: Protocol,
) -> None:
    red(protocol, asq_1="yes")
    deliver(LATE)
    red(protocol, LATE, asq_1="yes")
    assert deliver(LATE) == []
    assert deliver(LATE + timedelta(hours=1)) == ["2 urgent responses are waiting"]


def test_what_comes_right_before_closing_is_told_at_once(protocol: Protocol) -> None:
    red(protocol, VERY_LATE, asq_1="yes")
    assert deliver(VERY_LATE) == ["1 urgent response is waiting"]


def test_what_comes_after_closing_waits_for_the_next_working_day(
    protocol: Protocol,
) -> None:
    red(protocol, EVENING, asq_1="yes")
    assert dues() == [MORNING + timedelta(hours=28)]


def test_an_answer_saved_while_the_digest_leaves_is_told_in_another(
    protocol: Protocol,
) -> None:
    red(protocol, asq_1="yes")
    Outbox.objects.update(attempts=1)
    red(protocol, NOON, asq_1="yes")
    assert Outbox.objects.count() == 2


def test_a_digest_says_nothing_once_all_of_it_is_taken(protocol: Protocol) -> None:
    red(protocol, asq_1="yes")
    owning.acknowledge(SafetyAlert.objects.get().pk, by=patients.person())
    assert deliver(LATE) == []
    assert not Outbox.objects.exists()


def test_an_attempt_long_ago_is_sorted_first_and_sent_to_nobody(
    protocol: Protocol,
) -> None:
    response = red(protocol, **LONG_AGO)
    assert (SafetyAlert.objects.get().tier, response.priority) == ("a", 2)
    assert Response.objects.awaiting_review().get() == response
    assert deliver(LATE) == []
    escalating.escalate_overdue(at=MORNING + timedelta(days=3))
    assert deliver(MORNING + timedelta(days=3)) == []


@pytest.mark.parametrize(
    "otherwise",
    [
        {"asq-4-when": "past-year"},
        {"asq-5": {"absent": "asked-declined"}},
        {"asq-1": "yes"},
        {"safe-now": "not-sure"},
    ],
)
def test_an_attempt_with_anything_else_is_told(
    protocol: Protocol, otherwise: dict[str, Any]
) -> None:
    red(protocol, **(LONG_AGO | otherwise))
    assert deliver(LATE)


def test_silence_about_thoughts_now_is_told(protocol: Protocol) -> None:
    red(protocol, asq_4="yes", asq_4_when="over-1-year")
    assert deliver(LATE) == ["1 urgent response is waiting"]


def test_a_worse_answer_is_told_again_while_nobody_has_the_alert(
    protocol: Protocol,
) -> None:
    response = red(protocol, safe_now="not-sure")
    deliver(MORNING)
    say(response, NOON, call_me="yes")
    assert deliver(NOON) == ["1 urgent response is waiting"]


def test_a_notice_on_its_way_says_enough(protocol: Protocol) -> None:
    response = red(protocol, safe_now="not-sure")
    say(response, NOON, call_me="yes")
    assert Outbox.objects.count() == 1


@pytest.mark.parametrize(
    "first, worse, told",
    [
        ({"safe_now": "not-sure"}, {"call_me": "yes"}, 0),
        ({"asq_1": "yes"}, {"asq_2": "yes"}, 0),
        ({"safe_now": "no"}, {"safe_now": "hurt"}, 1),
    ],
)
def test_only_an_emergency_is_told_again_to_those_who_have_it(
    protocol: Protocol, first: dict[str, str], worse: dict[str, str], told: int
) -> None:
    response = red(protocol, **first)
    deliver(LATE)
    alert = SafetyAlert.objects.get()
    owning.acknowledge(alert.pk, by=patients.person())
    say(response, LATE, **worse)
    assert alert.events.filter(kind="raised-again").exists()
    assert len(deliver(LATE + timedelta(hours=2))) == told


def test_an_answer_given_again_and_taken_back_is_marked(protocol: Protocol) -> None:
    response = red(protocol, asq_3="yes")
    say(response, NOON, asq_1="yes")
    say(response, NOON, asq_1="no")
    event = SafetyAlert.objects.get().events.get(kind="withdrawn")
    assert event.details == {"answers": {"asq-1": "yes"}}
