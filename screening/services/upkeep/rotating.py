"""Keys grow old: data keys move under the active one while the clinic goes on."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from django.conf import settings
from django.db import models, transaction

from screening import vault
from screening.models import Response
from screening.services import auditing

BATCH = 500


@dataclass
class Rotation:
    """What a rotation did. `unreadable` rows keep the key that they had."""

    rewrapped: int = 0
    unreadable: list[uuid.UUID] = field(default_factory=list)

    @property
    def left(self) -> int:
        """Count the rows that are under another key than the active one by now."""
        return _to_rewrap().count()

    @property
    def unused(self) -> list[str]:
        """Name the keys that wrap nothing in this database; a backup may need them."""
        used = Response.objects.exclude(wrapped_key=b"").order_by()
        wrapping = set(used.values_list("key_id", flat=True).distinct())
        kept = wrapping | {settings.VAULT_ACTIVE_KEY}
        return sorted(set(settings.VAULT_KEYS) - kept)


def rotate(*, batch: int = BATCH) -> Rotation:
    """Rewrap every data key under the active key, one transaction a batch.

    Whoever stops it may start it again: what is done stays done. What patients and
    staff write meanwhile is never overwritten.
    """
    done = Rotation()
    last = uuid.UUID(int=0)
    while keys := _next(last, batch):
        _rewrap_batch(keys, done)
        last = keys[-1][0]
    if done.rewrapped:
        _record(done)
    return done


Key = tuple[uuid.UUID, str, bytes | memoryview]


def _to_rewrap() -> models.QuerySet[Response]:
    wrapped = Response.objects.exclude(wrapped_key=b"")
    return wrapped.exclude(key_id=settings.VAULT_ACTIVE_KEY)


def _next(last: uuid.UUID, batch: int) -> list[Key]:
    rows = _to_rewrap().filter(pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", "key_id", "wrapped_key")[:batch])


@transaction.atomic
def _rewrap_batch(keys: list[Key], done: Rotation) -> None:
    for pk, key_id, wrapped in keys:
        old = vault.WrappedKey(key_id, wrapped)
        try:
            new = vault.rewrap(old, Response(pk=pk).context)
        except vault.Unreadable:
            done.unreadable.append(pk)
            continue
        # An erasure that came between has emptied the key, and it must stay empty.
        same = Response.objects.filter(pk=pk, key_id=key_id, wrapped_key=wrapped)
        done.rewrapped += same.update(key_id=new.key_id, wrapped_key=new.wrapped)


@transaction.atomic
def _record(done: Rotation) -> None:
    auditing.record(
        "keys.rotated",
        actor_label="operator",
        key=settings.VAULT_ACTIVE_KEY,
        rewrapped=done.rewrapped,
    )
