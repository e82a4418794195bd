"""A clinic publishes a protocol: checked, written once, and never changed after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from screening.engine.checking import Mistake, check
from screening.engine.document import canonical, content_hash
from screening.models import Protocol, ProtocolStatus, Staff
from screening.models.limits import misfits
from screening.services import auditing
from screening.services.protocol.comparing import what_changed

__all__ = ["ProtocolRefused", "publish", "what_changed"]


class ProtocolRefused(Exception):
    """A document that may not be published; `mistakes` says why, one by one."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = list(mistakes)


@transaction.atomic
def publish(document: dict[str, Any], *, by: Staff | None = None) -> Protocol:
    """Make this document the protocol that intake asks; the one before retires.

    The same document again is the same protocol. Raises ProtocolRefused.
    """
    if mistakes := check(document) or _not_kept(document):
        raise ProtocolRefused(mistakes)
    protocol = _found(document) or _written(canonical(document))
    if protocol.status == ProtocolStatus.DRAFT:
        protocol.content_hash = content_hash(document)
        protocol.published_at, protocol.published_by = timezone.now(), by
    if protocol.status != ProtocolStatus.ACTIVE:
        _activate(protocol, by)
    return protocol


def _not_kept(document: dict[str, Any]) -> list[Mistake]:
    head = document["protocol"]
    return [Mistake(head["version"], "not-kept", each) for each in misfits(document)]


def _found(document: dict[str, Any]) -> Protocol | None:
    """Return this version if it is there. Refuse another content of its number."""
    head = document["protocol"]
    versions = Protocol.objects.filter(url=head["url"], version=head["version"])
    protocol = versions.select_for_update().first()
    if protocol and not _says(protocol, document):
        sentence = "this version is there with another content; raise its number"
        raise ProtocolRefused([Mistake(head["version"], "version-taken", sentence)])
    return protocol


def _written(document: dict[str, Any]) -> Protocol:
    protocol = Protocol.objects.create(**document["protocol"])
    protocol.write(document)
    if not _says(protocol, document):
        sentence = "the database cannot keep what this document says"
        raise ProtocolRefused([Mistake(protocol.version, "not-kept", sentence)])
    return protocol


def _says(protocol: Protocol, document: dict[str, Any]) -> bool:
    """Compare with the rows themselves, whatever their signature says."""
    return content_hash(protocol.document()) == content_hash(document)


def _activate(protocol: Protocol, by: Staff | None) -> None:
    active = Protocol.objects.filter(status=ProtocolStatus.ACTIVE)
    retired = list(active.select_for_update().values_list("version", flat=True))
    active.update(status=ProtocolStatus.RETIRED)
    protocol.status = ProtocolStatus.ACTIVE
    protocol.save()
    auditing.record(
        "protocol.published",
        actor=by,
        actor_label="" if by else "command line",
        subject=protocol,
        version=protocol.version,
        content_hash=protocol.content_hash,
        retired=", ".join(retired),
    )
