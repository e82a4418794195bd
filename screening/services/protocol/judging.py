"""One batch of past responses under a draft: opened, compared, and counted.

Nothing here reads the database, so that a second processor can do half of the work.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from screening import vault
from screening.engine.document import build
from screening.engine.replay import Comparison, Flip, NotComparable
from screening.models.replays import flip_context

Counts = dict[str, int]


class Past(NamedTuple):
    """A response as it was sent: what its answers need to be opened and judged."""

    pk: uuid.UUID
    protocol: int
    key_id: str
    wrapped: bytes
    sealed: bytes
    as_of: date
    decision: str


class Kept(NamedTuple):
    """A flip to store: sealed under the key of the response that it is about."""

    pk: uuid.UUID
    response: uuid.UUID
    sealed: bytes


@dataclass
class Judged:
    counts: Counts
    kept: list[Kept]


# What a decision speaks of, one way or the other.
DECIDED = ("indication", "criterion")
_COMPARISONS: dict[int, Comparison] = {}


def prepare(draft: dict[str, Any], versions: dict[int, dict[str, Any]]) -> None:
    """Build the draft and every version once in this process."""
    new = build(draft)
    _COMPARISONS.clear()
    _COMPARISONS.update({pk: Comparison(build(d), new) for pk, d in versions.items()})


def judge(batch: list[Past]) -> Judged:
    counts: Counter[str] = Counter()
    kept = []
    for past in batch:
        key = vault.WrappedKey(past.key_id, past.wrapped)
        try:
            flips = _flips(past, key)
        except vault.Unreadable:
            counts["unreadable"] += 1
        except NotComparable:
            counts["not-comparable"] += 1
        else:
            counts["compared"] += 1
            if flips:
                counts["flipped"] += 1
                counts.update(_told(flips, past.decision))
                kept.append(_sealed(past, key, flips))
    return Judged(counts, kept)


def opened(past: Past, key: vault.WrappedKey) -> dict[str, Any]:
    """Return the answers that were sent. Raises vault.Unreadable."""
    # As `Response` has it; a row made for its name alone would cost more than opening.
    context = f"response:{past.pk}:answers"
    document: Any = vault.unseal(key, past.sealed, context=context)
    answers: dict[str, Any] = document["answers"]
    return answers


def _flips(past: Past, key: vault.WrappedKey) -> list[Flip]:
    return _COMPARISONS[past.protocol].flips(opened(past, key), past.as_of)


def _told(flips: list[Flip], decision: str) -> list[str]:
    """Return what to count: each flip, and what is judged beside the decision."""
    lines = ["|".join(flip) for flip in flips]
    decided = ["|".join((*f, decision)) for f in flips if f.kind in DECIDED]
    return lines + [f"decided|{line}" for line in decided]


def _sealed(past: Past, key: vault.WrappedKey, flips: list[Flip]) -> Kept:
    # A row made for its name alone would cost more than sealing what it holds.
    pk = uuid.uuid4()
    told = [list(flip) for flip in flips]
    return Kept(pk, past.pk, vault.seal(key, told, context=flip_context(pk)))
