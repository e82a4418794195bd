"""Write a version of the protocol as TOML files that can be read in again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from screening.engine.document import ProtocolError, content_hash, write_directory
from screening.management.output import ScriptableCommand
from screening.management.published import named


class Command(ScriptableCommand):
    help = "Write a protocol to a directory: the active one, or one version."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--version", metavar="V")
        parser.add_argument("directory", metavar="DIR")

    def handle(self, *, version: str | None, directory: str, **options: Any) -> None:
        protocol = named(version)
        document = protocol.document()
        try:
            files = write_directory(document, Path(directory))
        except (ProtocolError, OSError) as error:
            raise CommandError(str(error)) from error
        self.print(
            {
                "url": protocol.url,
                "version": protocol.version,
                "status": protocol.status,
                "content_hash": content_hash(document),
                "files": len(files),
            }
        )
