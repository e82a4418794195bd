"""Replaying a draft over past responses, beside opening and parsing them alone.

Then the same responses are judged one by one, and ten times as many are replayed.
"""

from __future__ import annotations

import copy
import random
import subprocess
import sys
import uuid
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from typing import Any

from benchmarks.measuring import Figure, in_turn, report
from benchmarks.stage import clinic

RESPONSES, ROUNDS, BATCH = 10_000, 5, 250
MANY = 100_000
FREQUENCIES = (
    *("not-at-all", "several-days"),
    *("more-than-half-the-days", "nearly-every-day"),
)
NAMES = ("replay-vs-limit", "replay-inexact", "replay-memory")
# A process that is started counts its starter's memory as its own until then, so it
# is asked for what the kernel says of it alone, and of the two that it starts.
REPLAY = """
import re, resource, django
from pathlib import Path
django.setup()
django.core.management.call_command("replay_protocol")
own = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
print(max(int(own), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
"""
COMMAND = [sys.executable, "-c", REPLAY]
AS_OF = date(2026, 11, 23)


def measure(names: list[str]) -> Iterator[Figure]:
    with clinic():
        run, documents = _staged()
        ratio = _beside_the_limit(run, documents)
        if "replay-vs-limit" in names:
            yield Figure("replay-vs-limit", ratio, ">=", 0.5)
        if "replay-inexact" in names:
            yield Figure("replay-inexact", _inexact(run), "<=", 0)
        if "replay-memory" in names:
            few = _peak()
            _answered(run.protocol.__class__.objects.current(), RESPONSES, MANY)
            many = _peak()
            print(f"{few} KiB for {RESPONSES}, {many} KiB for {MANY}", flush=True)
            yield Figure("replay-memory", many / few, "<=", 1.1)


def _beside_the_limit(run: Any, documents: dict[str, Any]) -> float:
    from screening.services.protocol import apart, replaying

    arguments = (documents["draft"], documents["versions"])
    context = get_context("spawn")
    with (
        ProcessPoolExecutor(2, context, apart.prepare, arguments) as pool,
        replaying._judges(documents, in_pool=True) as judge,
    ):

        def replay() -> None:
            from screening.models import ReplayFlip, ReplayRun

            ReplayFlip.objects.all().delete()
            empty: dict[str, Any] = {"cursor": None, "done": 0, "counts": {}}
            ReplayRun.objects.update(finished_at=None, **empty)
            run.refresh_from_db()
            replaying._work(run, judge, BATCH)

        def limit() -> None:
            batches = replaying._read(None, BATCH)
            futures = [pool.submit(_open, batch) for batch in batches]
            assert sum(future.result() for future in futures) == RESPONSES

        taken = in_turn({"replay": replay, "limit": limit}, rounds=ROUNDS)
    run.refresh_from_db()
    assert run.counts["compared"] == RESPONSES
    print(f"{RESPONSES / taken['replay']:.0f} responses a second,", end=" ")
    print(f"{run.counts['flipped']} of {RESPONSES} flip", flush=True)
    return taken["limit"] / taken["replay"]


def _inexact(run: Any) -> int:
    """Count the responses for which judging them alone gives other flips."""
    from screening.engine.evaluation import evaluate
    from screening.engine.replay import differences
    from screening.services.protocol import replaying

    kept = {flip.response_id: flip.flips for flip in run.flips.all()}
    old, new, wrong = run.protocol.__class__.objects.current(), run.protocol.engine, 0
    for response in replaying.past_responses().iterator():
        before = evaluate(old.engine, response.answers, AS_OF)
        after = evaluate(new, response.answers, AS_OF)
        alone = [list(flip) for flip in differences(before, after)]
        wrong += alone != kept.get(response.pk, [])
    return wrong


def _peak() -> int:
    """Replay in a process of its own; return the most KiB that one of them held."""
    told = subprocess.run(COMMAND, capture_output=True, check=True, text=True)
    return int(told.stdout.splitlines()[-1])


def _open(batch: list[Any]) -> int:
    """Decrypt and parse, and nothing more."""
    from screening import vault
    from screening.services.protocol.judging import opened

    for past in batch:
        opened(past, vault.WrappedKey(past.key_id, past.wrapped))
    return len(batch)


def _staged() -> tuple[Any, dict[str, Any]]:
    """Fill the clinic with responses, and lower a threshold in a draft."""
    from django.core.management import call_command

    from screening.models import Protocol, ReplayRun
    from screening.services.protocol import drafting, replaying
    from screening.services.protocol.places import find

    call_command("publish_protocol", "screening/protocols/ketamine", stdout=_Quiet())
    active = Protocol.objects.current()
    document = copy.deepcopy(active.document())
    document["protocol"]["version"] = "9"
    for group in find(document, "criterion", "trd-severity")["clauses"]:
        for clause in group:
            if clause["question"] == "phq9-total":
                clause["answer"] = 10
    draft = drafting.start(by=None, document=document)
    _answered(active, 0, RESPONSES)
    run: ReplayRun = replaying.ask(draft, by=None)
    documents = replaying._documents(run)
    assert documents is not None
    return run, documents


def _answered(active: Any, first: int, last: int) -> None:
    from django.utils import timezone

    from screening import vault
    from screening.models import Evaluation, Response
    from screening.services.demo.inventing import people

    now = timezone.now()
    known = [p.answers for p in people(40, today=AS_OF) if not p.left_at]
    for start in range(first, last, 1000):
        rows, judged = [], []
        for number in range(start, start + 1000):
            row = Response(pk=uuid.uuid4(), protocol=active, is_synthetic=True)
            row.key = vault.create_key(row.context)
            answers = _varied(known[number % len(known)], number)
            row.document = {"answers": answers, "withdrawn": [], "changes": []}
            row.reference, row.status = f"R{number:07}", "completed"
            row.submitted_at = row.due_at = now
            row.priority = 6
            rows.append(row)
            at = Evaluation(response=row, protocol=active, as_of=AS_OF, sealed=b"-")
            judged.append(at)
        Response.objects.bulk_create(rows)
        Evaluation.objects.bulk_create(judged)


def _varied(answers: dict[str, Any], seed: int) -> dict[str, Any]:
    """Let one in ten feel otherwise than the person they are made after."""
    asked = [
        name for name in answers if name.startswith("phq9-") and name[5:].isdigit()
    ]
    if seed % 10:
        return answers
    drawn = random.Random(seed)
    return answers | {name: drawn.choice(FREQUENCIES) for name in asked}


class _Quiet:
    def write(self, text: str) -> None:
        """Say nothing."""

    def flush(self) -> None:
        """Nothing was said."""


if __name__ == "__main__":
    sys.exit(report(NAMES, measure))
