"""Check a directory of TOML files, without a database."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError, CommandParser

from screening.engine.checking import check_with_notes
from screening.engine.document import content_hash
from screening.management.output import ScriptableCommand, read_document


class Command(ScriptableCommand):
    help = "Say what keeps a protocol from being published, if anything."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", metavar="DIR")

    def handle(self, *, directory: str, **options: Any) -> None:
        document = read_document(directory)
        mistakes, not_proved = check_with_notes(document)
        self.print(
            {
                "url": document["protocol"]["url"],
                "version": document["protocol"]["version"],
                "content_hash": content_hash(document),
                "mistakes": [asdict(mistake) for mistake in mistakes],
                "not_proved": list(dict.fromkeys(each.place for each in not_proved)),
                "notes": [asdict(each) for each in not_proved],
            }
        )
        if mistakes:
            raise CommandError("\n".join(map(str, mistakes)))
