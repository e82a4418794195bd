"""Replaying a draft over past responses, beside opening and parsing them alone."""

from __future__ import annotations

import copy
import sys
import uuid
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from typing import Any

from benchmarks.measuring import Figure, in_turn, report
from benchmarks.stage import clinic

NAMES = ("replay-vs-limit",)
RESPONSES, ROUNDS, BATCH = 10_000, 5, 250
AS_OF = date(2026, 11, 23)


def measure(names: list[str]) -> Iterator[Figure]:
    with clinic():
        from screening.services import apart, replaying

        run, documents = _staged()
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
        ratio = taken["limit"] / taken["replay"]
        yield Figure("replay-vs-limit", ratio, ">=", 0.5)


def _open(batch: list[Any]) -> int:
    """Decrypt and parse, and nothing more."""
    from screening import vault
    from screening.services.judging import opened

    for past in batch:
        opened(past, vault.WrappedKey(past.key_id, past.wrapped))
    return len(batch)


def _staged() -> tuple[Any, dict[str, Any]]:
    """Fill the clinic with responses, and lower a threshold in a draft."""
    from django.core.management import call_command

    from screening.models import Protocol, ReplayRun
    from screening.services import drafting, replaying
    from screening.services.places import find

    call_command("publish_protocol", "screening/protocols/ketamine", stdout=_Quiet())
    active = Protocol.objects.current()
    document = copy.deepcopy(active.document())
    document["protocol"]["version"] = "9"
    for group in find(document, "criterion", "trd-severity")["clauses"]:
        for clause in group:
            if clause["question"] == "phq9-total":
                clause["answer"] = 10
    draft = drafting.start(by=None, document=document)
    _answered(active)
    run: ReplayRun = replaying.ask(draft, by=None)
    documents = replaying._documents(run)
    assert documents is not None
    return run, documents


def _answered(active: Any) -> None:
    from django.utils import timezone

    from screening import vault
    from screening.models import Evaluation, Response
    from screening.services.inventing import people

    now = timezone.now()
    known = [p.answers for p in people(40, today=AS_OF) if not p.left_at]
    for start in range(0, RESPONSES, 1000):
        rows, judged = [], []
        for number in range(start, start + 1000):
            row = Response(pk=uuid.uuid4(), protocol=active, is_synthetic=True)
            row.key = vault.create_key(row.context)
            answers = known[number % len(known)]
            row.document = {"answers": answers, "withdrawn": [], "changes": []}
            row.reference, row.status = f"R{number:07}", "completed"
            row.submitted_at = row.due_at = now
            row.priority = 6
            rows.append(row)
            at = Evaluation(response=row, protocol=active, as_of=AS_OF, sealed=b"-")
            judged.append(at)
        Response.objects.bulk_create(rows)
        Evaluation.objects.bulk_create(judged)


class _Quiet:
    def write(self, text: str) -> None:
        """Say nothing."""

    def flush(self) -> None:
        """Nothing was said."""


if __name__ == "__main__":
    sys.exit(report(NAMES, measure))
