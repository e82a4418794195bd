"""A draft is tried on those who answered before: exact, resumable, cancellable."""

from __future__ import annotations

import json
import uuid
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from screening import vault
from screening.engine.evaluation import evaluate
from screening.engine.replay import differences
from screening.models import Protocol, ReplayFlip, ReplayRun, Response, Role, Staff
from screening.services.demo import demonstrating
from screening.services.protocol import apart, drafting, judging, replaying
from screening.services.protocol.places import find
from tests.records import a_member_of_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Staff:
    return a_member_of_staff(Role.LEAD)


@pytest.fixture
def past(protocol: Protocol) -> list[Response]:
    demonstrating.seed(40)
    return list(replaying.past_responses())


@pytest.fixture
def draft(past: list[Response], lead: Staff) -> Protocol:
    draft = drafting.start(by=lead)
    document = draft.document()
    for group in find(document, "criterion", "trd-severity")["clauses"]:
        for clause in group:
            if clause["question"] == "phq9-total":
                clause["answer"] = 10
    drafting.save(draft, document, by=lead)
    draft.refresh_from_db()
    return draft


def one_by_one(past: list[Response], draft: Protocol) -> dict[uuid.UUID, list[Any]]:
    new, found = draft.engine, {}
    for response in past:
        as_of = response.evaluations.latest().as_of
        before = evaluate(response.protocol.engine, response.answers, as_of)
        after = evaluate(new, response.answers, as_of)
        if flips := differences(before, after):
            found[response.pk] = [list(flip) for flip in flips]
    return found


def kept(run: ReplayRun) -> dict[uuid.UUID, list[Any]]:
    return {flip.response_id: flip.flips for flip in run.flips.all()}


def test_a_replay_equals_one_by_one_evaluation(
    draft: Protocol, past: list[Response], lead: Staff
) -> None:
    run = replaying.go_on(replaying.ask(draft, by=lead), batch=7)
    expected = one_by_one(past, draft)
    assert expected
    assert kept(run) == expected
    assert (run.done, run.total) == (len(past), len(past))
    assert run.finished_at is not None and not run.is_running
    assert run.counts["compared"] == len(past)
    assert run.counts["flipped"] == len(expected)


def test_flips_are_counted_by_direction_and_decision(
    draft: Protocol, past: list[Response], lead: Staff
) -> None:
    run = replaying.go_on(replaying.ask(draft, by=lead))
    flips = [tuple(flip) for found in kept(run).values() for flip in found]
    for flip in flips:
        assert run.counts["|".join(flip)] == flips.count(flip)
    decided = [key for key in run.counts if key.startswith("decided|")]
    judged = [flip for flip in flips if flip[0] in ("indication", "criterion")]
    assert sum(run.counts[key] for key in decided) == len(judged)


def test_two_processes_find_the_same(
    draft: Protocol, past: list[Response], lead: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replaying, "WORTH_A_POOL", 1)
    run = replaying.go_on(replaying.ask(draft, by=lead), batch=3)
    assert kept(run) == one_by_one(past, draft)


def test_a_process_of_its_own_judges_as_this_one_does(
    draft: Protocol, protocol: Protocol
) -> None:
    apart.prepare(draft.document(), {protocol.pk: protocol.document()})
    batch = next(replaying._read(None, 20))
    assert apart.judge(batch).counts == judging.judge(batch).counts
    assert apart.judge(batch).counts["compared"] == 20


def test_a_replay_goes_on_where_it_was_cut_short(
    draft: Protocol, past: list[Response], lead: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = replaying.ask(draft, by=lead)
    keep, times = replaying._keep, []

    def cut(*arguments: Any) -> bool:
        if len(times) == 2:
            raise KeyboardInterrupt
        times.append(1)
        return keep(*arguments)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(replaying, "_keep", cut)
        replaying.go_on(run, batch=5)
    run.refresh_from_db()
    assert run.done == 10 and run.is_running
    assert replaying.waiting() == run
    assert replaying.ask(draft, by=lead) == run
    run = replaying.go_on(run, batch=5)
    assert kept(run) == one_by_one(past, draft)
    assert run.done == len(past)


def test_a_cancelled_replay_stops(draft: Protocol, lead: Staff) -> None:
    run = replaying.ask(draft, by=lead)
    replaying.cancel(run)
    run = replaying.go_on(run)
    assert (run.done, run.finished_at, replaying.waiting()) == (0, None, None)
    assert replaying.ask(draft, by=lead) != run


def test_a_replay_of_what_was_meant_before_ends(draft: Protocol, lead: Staff) -> None:
    run = replaying.ask(draft, by=lead)
    document = draft.document()
    find(document, "criterion", "trd-severity")["rationale"] = "Other."
    drafting.save(draft, document, by=lead)
    assert replaying.go_on(run).cancelled_at is not None
    other = replaying.ask(draft, by=lead)
    document["protocol"]["note"] = "More."
    drafting.save(draft, document, by=lead)
    again = replaying.ask(draft, by=lead)
    other.refresh_from_db()
    assert other.cancelled_at is not None and again.is_running


def test_what_was_erased_is_counted_and_never_guessed(
    draft: Protocol, past: list[Response], lead: Staff
) -> None:
    Response.objects.filter(pk=past[0].pk).update(key_id="gone")
    run = replaying.go_on(replaying.ask(draft, by=lead))
    assert run.counts["unreadable"] == 1
    assert run.counts["compared"] == len(past) - 1


def test_who_was_not_asked_the_same_is_not_comparable(
    draft: Protocol, past: list[Response], lead: Staff
) -> None:
    document = draft.document()
    find(document, "item", "help-with")["option"].append({"code": "x", "text": "X"})
    drafting.save(draft, document, by=lead)
    draft.refresh_from_db()
    run = replaying.go_on(replaying.ask(draft, by=lead))
    assert run.counts == {"not-comparable": len(past)}


def test_who_flipped_is_sealed_with_their_answers(
    draft: Protocol, past: list[Response], lead: Staff
) -> None:
    run = replaying.go_on(replaying.ask(draft, by=lead))
    flip = run.flips.first()
    assert isinstance(flip, ReplayFlip)
    assert b"indication" not in bytes(flip.sealed)
    Response.objects.filter(pk=flip.response_id).update(wrapped_key=b"")
    with pytest.raises(vault.Unreadable):
        _ = ReplayFlip.objects.get(pk=flip.pk).flips
    assert "of" in str(run) and str(run.pk) not in str(flip.response)


def run_command(*arguments: str) -> Any:
    out = StringIO()
    call_command("replay_protocol", *arguments, stdout=out)
    return json.loads(out.getvalue())


def test_the_command_replays_and_goes_on(
    draft: Protocol, past: list[Response], lead: Staff
) -> None:
    told = run_command(draft.version)
    assert told["finished"] and told["done"] == len(past)
    assert told["counts"]["compared"] == len(past)
    assert run_command("--waiting") == {"run": None}
    asked = replaying.ask(draft, by=lead)
    assert run_command("--waiting")["run"] == str(asked.pk)


def test_the_command_wants_a_draft(protocol: Protocol) -> None:
    with pytest.raises(CommandError, match="No draft is there"):
        call_command("replay_protocol")
    with pytest.raises(CommandError, match="No draft 9 is there"):
        call_command("replay_protocol", "9")
