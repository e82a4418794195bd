"""A draft is tried on everybody who answered before; it may stop, and go on later."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from screening.models import (
    Evaluation,
    Protocol,
    ProtocolStatus,
    ReplayFlip,
    ReplayRun,
    Response,
    Review,
    Staff,
)
from screening.models.queue import SENT
from screening.models.replays import UNFINISHED
from screening.services import auditing, promises
from screening.services.protocol import apart, judging
from screening.services.protocol.judging import Judged, Past

BATCH = 250
PROCESSES = 2
# Fewer than this are judged sooner than a second process has started.
WORTH_A_POOL = 2_000
NOT_DECIDED = "not-decided"

Judge = Callable[[Iterable[list[Past]]], Iterable[Judged]]


@transaction.atomic
def ask(draft: Protocol, *, by: Staff | None) -> ReplayRun:
    """Ask for a replay of the draft as it is now; one that runs already is given back.

    A run of an earlier content ends: what it was to show is no longer what is meant.
    """
    locked = Protocol.objects.select_for_update().get(pk=draft.pk)
    for run in locked.replays.filter(UNFINISHED):
        if run.content_hash == locked.content_hash:
            return run
        cancel(run)
    run = ReplayRun.objects.create(
        protocol=locked,
        content_hash=locked.content_hash,
        by=by,
        total=past_responses().count(),
    )
    label = "" if by else "command line"
    auditing.record(
        "replay.asked", actor=by, actor_label=label, subject=locked, run=run.pk
    )
    return run


def cancel(run: ReplayRun) -> None:
    """Stop a run after the batch in hand; what it counted so far stays to be read."""
    rows = ReplayRun.objects.filter(UNFINISHED, pk=run.pk)
    rows.update(cancelled_at=timezone.now())


@transaction.atomic
def open_flips(run: ReplayRun, *, by: Staff) -> None:
    """Record who reads whom it is about. Call it before any of it is decrypted."""
    auditing.record("replay.viewed", actor=by, subject=run)


def waiting() -> ReplayRun | None:
    """Return a run that is still to be gone on with, the oldest first."""
    return ReplayRun.objects.filter(UNFINISHED).order_by("started_at").first()


def go_on(run: ReplayRun, *, batch: int = BATCH) -> ReplayRun:
    """Judge what is left of a run, batch by batch, until it ends or is cancelled."""
    documents = _documents(run)
    if documents is None:
        cancel(run)
    else:
        left = run.total - run.done
        with _judges(documents, in_pool=left >= WORTH_A_POOL) as judge:
            _work(run, judge, batch)
    run.refresh_from_db()
    return run


def past_responses() -> QuerySet[Response]:
    """Return whatever patients sent and can still be opened; drills are left out."""
    drills = Response.objects.filter(is_synthetic=True, recorded_by__isnull=False)
    sent = Response.objects.filter(SENT).exclude(status="entered-in-error")
    return sent.exclude(wrapped_key=b"").exclude(pk__in=drills.values("pk"))


def _documents(run: ReplayRun) -> dict[str, Any] | None:
    """Return what judges; None once the draft says something else."""
    draft = Protocol.objects.get(pk=run.protocol_id)
    if draft.status == ProtocolStatus.DRAFT and draft.content_hash != run.content_hash:
        return None
    used = past_responses().order_by().values("protocol").distinct()
    versions = {p.pk: p.document() for p in Protocol.objects.filter(pk__in=used)}
    return {"draft": draft.document(), "versions": versions}


@contextmanager
def _judges(documents: dict[str, Any], *, in_pool: bool) -> Iterator[Judge]:
    if not in_pool:
        judging.prepare(**documents)
        yield lambda batches: map(judging.judge, batches)
        return
    arguments = (documents["draft"], documents["versions"])
    with ProcessPoolExecutor(
        PROCESSES, get_context("spawn"), apart.prepare, arguments
    ) as pool:
        yield lambda batches: _in_turn(pool, batches)


def _in_turn(
    pool: ProcessPoolExecutor, batches: Iterable[list[Past]]
) -> Iterator[Judged]:
    """Keep every process busy, and never more batches in memory than that takes."""
    running = []
    for batch in batches:
        running.append(pool.submit(apart.judge, batch))
        if len(running) > 2 * PROCESSES:
            yield running.pop(0).result()
    for future in running:
        yield future.result()


def _work(run: ReplayRun, judge: Judge, size: int) -> None:
    """Keep each batch with the place it ends at, in one transaction."""
    taken: list[list[uuid.UUID]] = []

    def batches() -> Iterator[list[Past]]:
        for batch in _read(run.cursor, size):
            taken.append([past.pk for past in batch])
            yield batch

    for judged in judge(batches()):
        if not _keep(run, judged, taken.pop(0)):
            return
    ReplayRun.objects.filter(UNFINISHED, pk=run.pk).update(finished_at=timezone.now())


def _read(cursor: uuid.UUID | None, size: int) -> Iterator[list[Past]]:
    days = Evaluation.objects.filter(response=OuterRef("pk")).order_by("-created_at")
    rows = (
        past_responses().order_by("pk").annotate(day=Subquery(days.values("as_of")[:1]))
    )
    columns = ("pk", "protocol", "key_id", "wrapped_key", "sealed_answers")
    last = cursor or uuid.UUID(int=0)
    while found := list(
        rows.filter(pk__gt=last).values_list(*columns, "day", "submitted_at")[:size]
    ):
        last = found[-1][0]
        decisions = _decisions([row[0] for row in found])
        yield [
            Past(
                *(pk, protocol, key, bytes(wrapped), bytes(sealed)),
                as_of=day or promises.local(sent).date(),
                decision=decisions[pk],
            )
            for pk, protocol, key, wrapped, sealed, day, sent in found
        ]


def _decisions(keys: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    reviews = Review.objects.filter(response__in=keys).order_by("signed_at")
    latest = dict(reviews.values_list("response", "decision"))
    return {key: latest.get(key, NOT_DECIDED) for key in keys}


@transaction.atomic
def _keep(run: ReplayRun, judged: Judged, keys: list[uuid.UUID]) -> bool:
    """Return False once the run was cancelled, or another process goes on with it."""
    rows = ReplayRun.objects.filter(UNFINISHED, pk=run.pk, cursor=run.cursor)
    counts = dict(Counter(run.counts) + Counter(judged.counts))
    there = rows.update(cursor=keys[-1], done=F("done") + len(keys), counts=counts)
    if not there:
        return False
    ReplayFlip.objects.bulk_create(
        ReplayFlip(pk=kept.pk, run=run, response_id=kept.response, sealed=kept.sealed)
        for kept in judged.kept
    )
    run.cursor, run.counts = keys[-1], counts
    return True
