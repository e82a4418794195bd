"""The protocol that a command speaks of."""

from __future__ import annotations

from django.core.management.base import CommandError

from screening.models import Protocol, ProtocolStatus


def published(version: str | None) -> Protocol:
    """Return the active protocol, or one published version. Raises CommandError."""
    protocols = Protocol.objects.exclude(status=ProtocolStatus.DRAFT)
    wanted = {"version": version} if version else {"status": ProtocolStatus.ACTIVE}
    try:
        return protocols.filter(**wanted).latest("published_at")
    except Protocol.DoesNotExist as error:
        name = f"version {version}" if version else "protocol"
        raise CommandError(f"No {name} is published.") from error


def named(version: str | None) -> Protocol:
    """Return the active protocol, or any version, a draft too. Raises CommandError."""
    draft = Protocol.objects.filter(version=version, status=ProtocolStatus.DRAFT)
    return (version and draft.first()) or published(version)
