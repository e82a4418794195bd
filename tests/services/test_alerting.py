"""A red answer becomes an alert in the transaction that saved it, and stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from screening.models import AlertEvent, Protocol, Response, SafetyAlert
from screening.services import alerting, answering
from screening.services.safety import owning
from tests import patients

MONDAY = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)  # 10 in the morning in Chicago
SATURDAY = datetime(2026, 11, 28, 16, 0, tzinfo=UTC)


def tiers() -> list[str]:
    return sorted(SafetyAlert.objects.values_list("tier", flat=True))


def events() -> list[str]:
    return list(AlertEvent.objects.order_by("at").values_list("kind", flat=True))


def test_a_calm_draft_raises_nothing(protocol: Protocol) -> None:
    response = patients.draft(protocol, **{"asq-1": "no", "safe-now": "yes"})
    assert (tiers(), response.highest_tier) == ([], "")


def test_a_thought_raises_an_alert_before_anything_is_sent(protocol: Protocol) -> None:
    response = patients.draft(protocol, **{"asq-3": "yes"})
    alert = SafetyAlert.objects.get()
    assert (alert.tier, response.highest_tier, response.priority) == ("a", "a", 2)
    assert alert.details["answers"] == {"asq-3": "yes"}
    assert Response.objects.awaiting_review().get() == response


def test_each_tier_has_one_open_alert(protocol: Protocol) -> None:
    response = patients.draft(protocol, **{"asq-3": "yes"})
    answering.save_page(response.pk, answers={"asq-1": "yes"})
    answering.save_page(response.pk, answers={"safe-now": "not-sure"})
    assert tiers() == ["a", "b"]
    assert events() == ["raised-again"]


def test_the_same_answer_again_raises_nothing_new(protocol: Protocol) -> None:
    response = patients.draft(protocol, **{"asq-3": "yes"})
    saved = answering.save_page(response.pk, answers={"asq-3": "yes"})
    assert (saved.reds, events(), saved.help_tier) == ([], [], "")


def test_a_red_answer_taken_back_leaves_the_alert_standing(protocol: Protocol) -> None:
    response = patients.draft(protocol, **{"safe-now": "no"})
    saved = answering.save_page(response.pk, answers={"safe-now": "yes"})
    alert = SafetyAlert.objects.get()
    assert (alert.closed_at, saved.response.highest_tier) == (None, "c")
    assert saved.response.priority == 0
    assert saved.response.answers["withdrawn-urgent"] == "yes"
    assert saved.response.document["withdrawn"][0]["answer"] == "no"
    assert events() == ["withdrawn"]


def test_taking_back_one_answer_says_nothing_about_another(protocol: Protocol) -> None:
    both = {"safe-now": "no", "asq-3": "yes"}
    response = patients.draft(protocol, **both)
    answering.save_page(response.pk, answers={"asq-3": "no"})
    assert list(
        AlertEvent.objects.filter(kind="withdrawn").values_list(
            "alert__tier", flat=True
        )
    ) == ["a"]


def test_an_alert_closed_before_is_raised_anew(protocol: Protocol) -> None:
    response = patients.draft(protocol, **{"asq-3": "yes"})
    by = patients.person()
    owning.close(SafetyAlert.objects.get().pk, by=by, reason="reached-safe")
    answering.save_page(response.pk, answers={"asq-2": "yes"})
    assert tiers() == ["a", "a"]
    assert SafetyAlert.objects.open().count() == 1


def test_the_help_page_is_shown_once_for_each_tier(protocol: Protocol) -> None:
    response = patients.draft(protocol)
    shown = [
        answering.save_page(response.pk, answers=answers).help_tier
        for answers in (
            {"asq-1": "yes"},
            {"asq-2": "yes"},
            {"safe-now": "not-sure"},
            {"asq-5": "yes"},
        )
    ]
    assert shown == ["a", "", "b", "c"]


def test_asking_to_be_called_raises_an_alert(protocol: Protocol) -> None:
    patients.draft(protocol, **{"call-me": "yes"})
    assert tiers() == ["b"]


def test_an_owner_is_named_and_then_closes_with_a_reason(protocol: Protocol) -> None:
    patients.draft(protocol, **{"asq-3": "yes"})
    by, key = patients.person(), SafetyAlert.objects.get().pk
    assert owning.acknowledge(key, by=by).owner == by
    owning.close(key, by=by, reason="reached-safe", note="Spoke for an hour.")
    assert AlertEvent.objects.latest().details["note"] == "Spoke for an hour."
    with pytest.raises(owning.AlertClosed):
        owning.acknowledge(key, by=by)


def test_an_alert_is_not_closed_for_a_reason_nobody_knows(protocol: Protocol) -> None:
    patients.draft(protocol, **{"asq-3": "yes"})
    with pytest.raises(ValueError, match="not a reason"):
        owning.close(SafetyAlert.objects.get().pk, by=patients.person(), reason="x")


@pytest.mark.parametrize(
    ("tier", "raised", "after"),
    [
        ("c", MONDAY, timedelta(minutes=15)),
        ("b", MONDAY, timedelta(minutes=60)),
        ("a", MONDAY, timedelta(hours=7)),  # 5 in the afternoon
        ("c", SATURDAY, timedelta(hours=47, minutes=15)),  # Monday at 9:15
    ],
)
def test_a_deadline_runs_in_working_time(
    tier: str, raised: datetime, after: timedelta
) -> None:
    assert alerting.deadline(tier, raised) == raised + after
