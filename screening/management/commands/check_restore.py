"""Check a restored database before anybody uses it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError, CommandParser

from screening.management.output import ScriptableCommand
from screening.services.upkeep import backing_up


class Command(ScriptableCommand):
    help = "Erase again what was erased, read a sample, follow the audit chain."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sample", type=int, default=backing_up.SAMPLE)
        parser.add_argument("--head", default="", help="The head that backup printed.")

    def handle(self, *, sample: int, head: str, **options: Any) -> None:
        found = backing_up.check_restored(sample=max(0, sample), known_head=head)
        self.print(asdict(found) | {"sound": found.is_sound})
        if not found.is_sound:
            raise CommandError("The restored database is not sound.")
