"""`manage.py seed_demo`: a clinic with every kind of patient, and nobody real."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from screening.engine.evaluation import Outcome, Priority
from screening.models import (
    AlertEvent,
    Evaluation,
    Outbox,
    Protocol,
    ProtocolStatus,
    Response,
    Review,
    Role,
    SafetyAlert,
    Staff,
)
from screening.services import answering, auditing

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("seed_demo", *arguments, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.fixture(scope="module")
def clinic(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """Filled once for all tests here, and taken back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield run()
        transaction.set_rollback(True)


def test_it_adds_a_staff_of_five_and_forty_responses(clinic: dict[str, Any]) -> None:
    assert clinic["added"] == {"staff": 5, "responses": 40}
    assert Response.objects.filter(is_synthetic=True).count() == 40


def test_a_second_run_adds_nothing(clinic: dict[str, Any]) -> None:
    events = auditing.head()
    assert run()["added"] == {"staff": 0, "responses": 0}
    assert auditing.head() == events


def test_a_drill_is_not_taken_for_one_of_them(
    clinic: dict[str, Any], protocol: Protocol
) -> None:
    by = Staff.objects.get(username="hazel")
    answering.begin(protocol=protocol, answers={}, recorded_by=by, synthetic=True)
    assert run("--responses", "41")["added"]["responses"] == 1


def test_more_are_added_to_those_that_are_there(clinic: dict[str, Any]) -> None:
    assert run("--responses", "43")["added"] == {"staff": 0, "responses": 3}
    names = [r.answers["full-name"] for r in Response.objects.all()]
    assert len(set(names)) == 43


def test_each_login_works_and_each_role_has_one(clinic: dict[str, Any]) -> None:
    assert {login["role"] for login in clinic["logins"]} == set(Role)
    for login in clinic["logins"]:
        person = authenticate(email=login["email"], password=login["password"])
        assert isinstance(person, Staff) and person.role == login["role"]


def test_the_staff_is_nobody_real(clinic: dict[str, Any]) -> None:
    assert not [
        e for e in run_checks(databases=["default"]) if e.id == "screening.E001"
    ]


def test_every_outcome_priority_and_tier_is_there(clinic: dict[str, Any]) -> None:
    waiting = Response.objects.awaiting_review()
    summaries = [found for r in waiting if (found := r.summary)]
    assert {found["outcome"] for found in summaries} == set(Outcome)
    assert {r.priority for r in waiting} == {p.rank for p in Priority}
    assert {r.highest_tier for r in waiting} == {"", "a", "b", "c"}


def test_every_indication_is_met_by_somebody(
    clinic: dict[str, Any], protocol: Protocol
) -> None:
    met = {
        code
        for evaluation in Evaluation.objects.all()
        for code, truth in evaluation.result["indications"].items()
        if truth == "true"
    }
    assert met == {indication.code for indication in protocol.engine.indications}


def test_every_kind_of_flag_is_there(clinic: dict[str, Any]) -> None:
    summaries = [found for r in Response.objects.all() if (found := r.summary)]
    flags = [flag for found in summaries for flag in found["flags"]]
    assert {flag["kind"] for flag in flags} == {"urgent", "stop", "caution", "postpone"}
    assert {"u-withdrawn", "m-not-in-table"} <= {flag["code"] for flag in flags}


def test_some_drafts_alarm_and_some_do_not(clinic: dict[str, Any]) -> None:
    drafts = Response.objects.in_progress()
    assert drafts.filter(highest_tier="c").exists()
    assert drafts.filter(highest_tier="b").exists()
    assert drafts.filter(highest_tier="").exists()


def test_what_waits_has_waited_for_minutes_hours_and_days(
    clinic: dict[str, Any],
) -> None:
    now = timezone.now()
    waiting = Response.objects.awaiting_review()
    hours = [(now - r.saved_at).total_seconds() / 3600 for r in waiting]
    assert min(hours) < 0.5 and max(hours) > 100
    assert waiting.filter(due_at__lt=now).exists()
    assert waiting.filter(due_at__gt=now).exists()


def test_both_clinicians_have_signed_every_decision(clinic: dict[str, Any]) -> None:
    reviews = Review.objects.all()
    assert {r.clinician.username for r in reviews} == {"ash", "birch"}
    assert {r.decision for r in reviews} == {
        *("offer-consultation", "ask-for-more", "not-suitable-now"),
        *("urgent-contact", "duplicate-or-spam"),
    }
    assert reviews.filter(corrects__isnull=False).exists()
    assert not reviews.filter(signed_at__gt=timezone.now()).exists()
    assert Response.objects.reviewed().count() == 6


def test_alerts_are_owned_closed_passed_on_and_waiting(clinic: dict[str, Any]) -> None:
    kinds = set(AlertEvent.objects.values_list("kind", flat=True))
    assert {"acknowledged", "closed", "withdrawn", "escalated"} <= kinds
    assert set(SafetyAlert.objects.unowned().values_list("tier", flat=True)) == {
        *("a", "b", "c")
    }


def test_no_notice_of_the_past_is_sent_again(clinic: dict[str, Any]) -> None:
    assert Outbox.objects.exists()
    assert not Outbox.objects.waiting().filter(due_at__lte=timezone.now()).exists()
    assert not Outbox.objects.filter(sent_at__gt=timezone.now()).exists()


def test_the_audit_chain_is_whole(clinic: dict[str, Any]) -> None:
    assert auditing.verify() == []


def test_production_is_never_filled_with_invented_people(settings: Any) -> None:
    settings.DEMO = False
    before = Staff.objects.count()
    with pytest.raises(CommandError, match="Only a demo"):
        run()
    assert Staff.objects.count() == before


def test_without_a_protocol_there_is_nothing_to_answer(db: None) -> None:
    Protocol.objects.update(status=ProtocolStatus.RETIRED)
    with pytest.raises(CommandError, match="Publish a protocol first"):
        run()
