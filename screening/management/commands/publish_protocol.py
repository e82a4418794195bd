"""Check a directory of TOML files and make it the protocol that intake asks."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from screening.management.output import ScriptableCommand, read_document
from screening.models import Protocol, ProtocolStatus
from screening.services.publishing import ProtocolRefused, publish, what_changed


class Command(ScriptableCommand):
    help = "Check a protocol, publish it, and say what changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", metavar="DIR")

    def handle(self, *, directory: str, **options: Any) -> None:
        before = Protocol.objects.filter(status=ProtocolStatus.ACTIVE).first()
        try:
            protocol = publish(read_document(directory))
        except ProtocolRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.print(
            {
                "url": protocol.url,
                "version": protocol.version,
                "content_hash": protocol.content_hash,
                "status": protocol.status,
                "before": before.version if before else None,
                "changes": _changes(before, protocol),
            }
        )


def _changes(before: Protocol | None, after: Protocol) -> list[str]:
    if before is None:
        return []
    return what_changed(before.document(), after.document())
