"""Erase what a patient said: its key is destroyed, and no restore brings it back."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from screening.models import Outbox, Response, Staff
from screening.services import auditing
from screening.services.upkeep import storing

# What an erasure leaves, in words for whoever asked for it.
REMAINS = (
    "The reference, the times, the priority and whether alerts were raised.",
    "Decisions with their reason codes, and who signed them. Notes are gone.",
    "The audit trail: ids, codes and times, and no words.",
    "Older backups still hold the key, wrapped, until the keyring's key retires.",
)


# Why a lead erases; the operator's command gives none.
REASONS = (
    ("patient-asked", "The patient asked for it"),
    ("kept-long-enough", "It was kept as long as we promised"),
    ("sent-by-mistake", "It was sent by mistake, or twice"),
    ("wrong-person", "It is about somebody else"),
)


class AlertOpen(Exception):
    """Nothing is erased while somebody may be in danger."""


class AlreadyErased(Exception):
    """There is nothing left to erase."""


def erase(
    reference: str,
    *,
    by: Staff | None = None,
    actor_label: str = "",
    reason: str = "operator",
) -> Response:
    """Destroy the keys of a response and of what amends it, for good.

    Raises AlertOpen, AlreadyErased, Response.DoesNotExist.
    """
    with transaction.atomic():
        rows = Response.objects.select_for_update().by_reference(reference)
        response: Response = rows.get()
        if response.is_erased:
            raise AlreadyErased
        family = [each for each in _family(response) if not each.is_erased]
        if any(each.alerts.open().exists() for each in family):
            raise AlertOpen
        for each in family:
            # First, so that a crash can only lead to an erasure that is done again.
            _list(each.pk)
            _destroy(each)
            auditing.record(
                "response.erased",
                actor=by,
                actor_label=actor_label,
                subject=each,
                reason=reason,
            )
    response.refresh_from_db()
    storing.checkpoint()
    return response


def replay() -> list[uuid.UUID]:
    """Erase again what a restored backup has brought back; return what it was."""
    with transaction.atomic():
        rows = Response.objects.select_for_update().exclude(wrapped_key=b"")
        back = list(rows.filter(pk__in=listed()).order_by("pk"))
        for response in back:
            _destroy(response)
            auditing.record(
                "response.erased-again", actor_label="restore", subject=response
            )
    storing.checkpoint()
    return [response.pk for response in back]


def listed() -> set[uuid.UUID]:
    """Return what was ever erased, from the list that is kept apart from backups."""
    if not _path().exists():
        return set()
    lines = _path().read_text(encoding="ascii").splitlines()
    return {uuid.UUID(line) for line in lines if line}


def _family(response: Response) -> list[Response]:
    """Return a response with all that amend it: they hold its answers too."""
    rows = Response.objects.select_for_update()
    while response.amends_id:
        response = rows.get(pk=response.amends_id)
    found = [response]
    for each in found:
        found.extend(rows.filter(amends=each).order_by("pk"))
    return found


def _destroy(response: Response) -> None:
    response.wrapped_key = b""
    response.identity_index, response.resume_index = "", None
    if response.priority is not None:
        response.reviewed_at = response.reviewed_at or timezone.now()
    response.version += 1
    response.save(
        update_fields=[
            "wrapped_key",
            "identity_index",
            "resume_index",
            "reviewed_at",
            "version",
        ]
    )
    Outbox.objects.waiting().filter(response=response).delete()


def _list(pk: uuid.UUID) -> None:
    _path().parent.mkdir(parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    descriptor = os.open(_path(), flags, mode=0o600)
    try:
        os.write(descriptor, f"{pk}\n".encode("ascii"))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _path() -> Path:
    return Path(settings.RECORDS) / "erased.txt"
