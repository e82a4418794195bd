"""Two people stand behind a version, and everything that flips has a reason."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from screening.models import (
    AuditEvent,
    FlipReason,
    GoldenPatient,
    Medicine,
    Protocol,
    Response,
    Role,
    Staff,
)
from screening.services import answering
from screening.services.protocol import drafting, golden, replaying, signing
from screening.services.protocol.places import find
from tests import patients
from tests.records import a_member_of_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Staff:
    return a_member_of_staff(Role.LEAD)


@pytest.fixture
def other() -> Staff:
    return a_member_of_staff(Role.REVIEWER)


@pytest.fixture
def draft(protocol: Protocol, lead: Staff) -> Protocol:
    return drafting.start(by=lead)


def edited(draft: Protocol, by: Staff, threshold: int) -> Protocol:
    document = draft.document()
    for group in find(document, "criterion", "trd-severity")["clauses"]:
        for clause in group:
            if clause["question"] == "phq9-total":
                clause["answer"] = threshold
    drafting.save(draft, document, by=by)
    draft.refresh_from_db()
    return draft


def explained(draft: Protocol, by: Staff) -> None:
    for trial in golden.trials(draft, draft.engine):
        if trial.flips:
            golden.explain(draft, trial, reason="Meant.", by=by)


def ready(draft: Protocol, by: Staff, threshold: int = 10) -> Protocol:
    edited(draft, by, threshold)
    explained(draft, by)
    replaying.go_on(replaying.ask(draft, by=by))
    return draft


def signed(draft: Protocol, lead: Staff, other: Staff) -> Protocol:
    ready(draft, lead)
    signing.propose(draft, by=lead, seen=draft.content_hash)
    signing.countersign(draft, by=other, seen=draft.content_hash)
    return draft


def test_a_fresh_draft_has_nobody_flipping(draft: Protocol) -> None:
    trials = golden.trials(draft, draft.engine)
    assert len(trials) >= 30
    assert [trial for trial in trials if trial.flips] == []


def test_a_flip_wants_a_reason_for_what_it_is(draft: Protocol, lead: Staff) -> None:
    edited(draft, lead, 10)
    flipped = [t for t in golden.trials(draft, draft.engine) if t.flips]
    assert flipped and all(trial.is_unexplained for trial in flipped)
    explained(draft, lead)
    after = [t for t in golden.trials(draft, draft.engine) if t.flips]
    assert [trial.reason for trial in after] == ["Meant."] * len(flipped)
    assert str(FlipReason.objects.first()).endswith(": Meant.")


def test_a_reason_for_another_flip_does_not_count(draft: Protocol, lead: Staff) -> None:
    edited(draft, lead, 10)
    explained(draft, lead)
    document = draft.document()
    find(document, "criterion", "u-not-safe")["tier"] = "a"
    find(document, "criterion", "trd-failure")["kind"] = "note"
    drafting.save(draft, document, by=lead)
    draft.refresh_from_db()
    assert any(trial.is_unexplained for trial in golden.trials(draft, draft.engine))


def test_boundary_cases_are_blessed_and_hold(draft: Protocol, lead: Staff) -> None:
    made, missing = golden.candidates(draft, draft.engine)
    slugs = [f"trd-severity-phq9-total-{value}" for value in (14, 15, 16)]
    blessed = golden.bless(draft, draft.engine, slugs, by=lead)
    assert str(blessed[0]).startswith("PHQ-9")
    assert len(blessed) == 3 and blessed[0].blessed_by == lead
    left, _ = golden.candidates(draft, draft.engine)
    assert len(left) == len(made) - 3 and missing
    edited(draft, lead, 10)
    flips = {t.patient.slug for t in golden.trials(draft, draft.engine) if t.flips}
    assert slugs[0] in flips and not {slugs[1], slugs[2]} & flips


def test_obstacles_are_named(draft: Protocol, lead: Staff) -> None:
    edited(draft, lead, 10)
    assert signing.standing(draft).obstacles == [
        "Golden patients flip without a reason.",
        "Past responses were not tried under what it says now.",
    ]
    edited(draft, lead, 99)
    assert signing.standing(draft).obstacles[0] == "The check finds mistakes."
    with pytest.raises(signing.NotReady, match="The check finds mistakes"):
        signing.propose(draft, by=lead, seen=draft.content_hash)


def test_two_people_sign_and_then_it_is_asked(
    draft: Protocol, lead: Staff, other: Staff
) -> None:
    before = Protocol.objects.current()
    signed(draft, lead, other)
    assert signing.standing(draft).is_signed
    published = signing.publish(draft, by=lead, seen=draft.content_hash)
    assert Protocol.objects.current() == published == draft
    assert published.published_by == lead
    before.refresh_from_db()
    assert before.status == "retired"
    assert published.replays.filter(finished_at__isnull=False).exists()
    assert published.changes.exists()
    names = [str(name) for name in draft.sign_offs.all()]
    assert [name.split(": ")[-1].split()[0] for name in names] == [
        "proposed",
        "countersigned",
    ]
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"draft.proposed", "draft.countersigned", "protocol.published"} <= actions


def test_rows_changed_behind_the_signatures_are_not_published(
    draft: Protocol, lead: Staff, other: Staff
) -> None:
    signed(draft, lead, other)
    Medicine.objects.filter(protocol=draft).update(minimum_mg=0)
    with pytest.raises(signing.NotReady, match="does not say what was signed"):
        signing.publish(draft, by=lead, seen=draft.content_hash)


def test_whoever_is_blessed_after_the_signatures_is_tried_before_it_is_asked(
    draft: Protocol, lead: Staff, other: Staff
) -> None:
    signed(draft, lead, other)
    late = GoldenPatient.objects.filter(url=draft.url)[0]
    late.pk, late.slug = uuid.uuid4(), "late"
    late.expected |= {"outcome": "otherwise"}
    late.save(force_insert=True)
    with pytest.raises(signing.NotReady, match="flip without a reason"):
        signing.publish(draft, by=lead, seen=draft.content_hash)


def test_nobody_countersigns_alone(draft: Protocol, lead: Staff, other: Staff) -> None:
    ready(draft, lead)
    seen = draft.content_hash
    with pytest.raises(signing.NotReady, match="Nobody has proposed"):
        signing.countersign(draft, by=other, seen=seen)
    with pytest.raises(signing.NotReady, match="Only a lead"):
        signing.propose(draft, by=other, seen=seen)
    signing.propose(draft, by=lead, seen=seen)
    with pytest.raises(signing.NotReady, match="signed already"):
        signing.propose(draft, by=lead, seen=seen)
    with pytest.raises(signing.NotReady, match="Somebody else"):
        signing.countersign(draft, by=lead, seen=seen)
    with pytest.raises(signing.NotReady, match="Somebody else"):
        desk = a_member_of_staff(Role.FRONT_DESK)
        signing.countersign(draft, by=desk, seen=seen)
    with pytest.raises(signing.NotReady, match="not signed yet"):
        signing.publish(draft, by=lead, seen=seen)


def test_a_later_change_undoes_both_names(
    draft: Protocol, lead: Staff, other: Staff
) -> None:
    signed(draft, lead, other)
    seen = draft.content_hash
    edited(draft, lead, 11)
    with pytest.raises(signing.NotReady, match="changed since you read it"):
        signing.publish(draft, by=lead, seen=seen)
    stands = signing.standing(draft)
    assert (stands.proposed, stands.countersigned, stands.replay) == (None, None, None)


def test_a_clinic_of_one_needs_one_name(
    draft: Protocol, lead: Staff, settings: Any
) -> None:
    settings.CLINIC = settings.CLINIC | {"two_person_sign_off": False}
    ready(draft, lead)
    signing.propose(draft, by=lead, seen=draft.content_hash)
    assert signing.publish(draft, by=lead, seen=draft.content_hash).status == "active"


def test_whoever_has_begun_goes_on_under_theirs(
    draft: Protocol, lead: Staff, other: Staff
) -> None:
    before = Protocol.objects.current()
    begun = answering.begin(protocol=before, answers={})
    signed(draft, lead, other)
    signing.publish(draft, by=lead, seen=draft.content_hash)
    answers = patients.answers_of("p01-two-antidepressants-failed")
    answering.save_page(begun.pk, answers=answers)
    answering.submit(begun.pk, send_key=begun.send_key)
    assert Response.objects.get(pk=begun.pk).protocol == before


def test_an_earlier_version_comes_back(
    draft: Protocol, lead: Staff, other: Staff
) -> None:
    before = Protocol.objects.current()
    signed(draft, lead, other)
    signing.publish(draft, by=lead, seen=draft.content_hash)
    before.refresh_from_db()
    signing.roll_back(before, by=lead)
    assert Protocol.objects.current() == before
    with pytest.raises(signing.NotReady, match="asked before"):
        signing.roll_back(Protocol.objects.current(), by=lead)


def test_what_is_asked_can_be_retired(protocol: Protocol, lead: Staff) -> None:
    signing.retire(protocol, by=lead)
    assert not Protocol.objects.filter(status="active").exists()
    with pytest.raises(signing.NotReady, match="not asked now"):
        signing.retire(protocol, by=lead)


def test_a_golden_patient_of_another_protocol_is_left_alone(
    draft: Protocol, lead: Staff
) -> None:
    GoldenPatient.objects.update(url="urn:other")
    assert golden.trials(draft, draft.engine) == []
