"""The audit trail: who did or saw what, each event chained to the one before."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.db import connection, models
from django.db.models.functions import Cast
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from screening import vault
from screening.models import AuditEvent, Staff
from screening.models.audit import SAID, said

Plain = str | int | bool | None
# Any number will do, so long as nothing else in the database locks the same one.
CHAIN_LOCK = 0x617564697400
LONGEST = 80
# Plain SQL, since every page that is saved asks for it.
_HEAD = f"SELECT mac FROM {AuditEvent._meta.db_table} ORDER BY seq DESC LIMIT 1"


def record(
    action: str,
    *,
    actor: Staff | None = None,
    actor_label: str = "",
    subject: models.Model | None = None,
    after: AuditEvent | None = None,
    **meta: Plain | uuid.UUID,
) -> AuditEvent:
    """Append an event, in the transaction of whatever it tells of.

    `meta` holds ids and codes, never words of a patient; `after` is what the same
    transaction appended last. Raises TransactionManagementError outside a transaction.
    """
    _hold_the_chain()
    event = AuditEvent(
        at=timezone.now(),
        actor=actor,
        actor_label=actor_label,
        action=action,
        object_type=(subject._meta.model_name or "") if subject else "",
        object_id=str(subject.pk) if subject else "",
        meta={name: _plain(value) for name, value in meta.items()},
        previous_mac=after.mac if after else head(),
    )
    event.mac = event.expected_mac()
    event.save(force_insert=True)
    return event


def head() -> str:
    """Return the last link. Kept elsewhere, it shows whether the tail was cut off."""
    with connection.cursor() as cursor:
        cursor.execute(_HEAD)
        last: tuple[str] | None = cursor.fetchone()
    return last[0] if last else ""


def verify(known_head: str = "") -> list[str]:
    """Return what is wrong with the chain, in words; [] when it is whole.

    `known_head` is a link that was noted before: a chain without it was cut short.
    """
    problems = list(_broken_links())
    if known_head and not holds(known_head):
        problems.append("The known head is not in the chain: its tail was cut off.")
    return problems


def holds(head: str) -> bool:
    """Return whether a link that was noted before is still in the chain."""
    return AuditEvent.objects.filter(mac=head).exists()


def _broken_links() -> Iterator[str]:
    """Read rows bare, and parse equal metas once: there may be a million of them."""
    rows = AuditEvent.objects.annotate(text=Cast("meta", models.TextField()))
    links = rows.order_by("seq").values_list(
        "seq", "previous_mac", "mac", "text", *SAID[1:]
    )
    previous = ""
    for seq, before, mac, meta, *rest in links.iterator():
        if before != previous:
            yield f"Event {seq} does not follow the event before it."
        if mac != vault.chain_mac(before, said(_parsed(meta), *rest)):
            yield f"Event {seq} does not say what was recorded."
        previous = mac


@lru_cache(maxsize=1024)
def _parsed(meta: str) -> Any:
    return json.loads(meta)


def _hold_the_chain() -> None:
    """Let one transaction at a time append, until it ends.

    SQLite's transactions begin IMMEDIATE, so there the writer is alone already.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError(
            "An audit event belongs in the transaction of what it records."
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])


def _plain(value: Plain | uuid.UUID) -> Plain:
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, str) and len(value) > LONGEST:
        raise ValueError("An audit event holds ids and codes, not words.")
    return value
