"""Read a directory of TOML files as the draft that the clinic goes on with."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from screening.engine.checking import check
from screening.engine.document import ProtocolError
from screening.management.output import ScriptableCommand, read_document
from screening.models import Protocol
from screening.services.protocol import drafting


class Command(ScriptableCommand):
    help = "Check a protocol and begin a draft that says the same."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", metavar="DIR")

    def handle(self, *, directory: str, **options: Any) -> None:
        document = read_document(directory)
        if mistakes := check(document):
            raise CommandError("\n".join(map(str, mistakes)))
        head = document["protocol"]
        taken = Protocol.objects.filter(url=head["url"], version=head["version"])
        if taken.exists():
            raise CommandError(f"Version {head['version']} is there; raise its number.")
        try:
            draft = drafting.start(by=None, document=document)
        except (drafting.NoDraft, ProtocolError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.print(
            {
                "url": draft.url,
                "version": draft.version,
                "status": draft.status,
                "content_hash": draft.content_hash,
            }
        )
