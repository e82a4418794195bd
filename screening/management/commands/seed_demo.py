"""Fill a demo with an invented clinic: its staff, and people who answered."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from screening.management.output import ScriptableCommand
from screening.models import Protocol
from screening.services.demo import demonstrating

RESPONSES = 40


class Command(ScriptableCommand):
    help = "Add the demo's staff and responses, where they are not there yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--responses", metavar="N", type=int, default=RESPONSES)

    def handle(self, *, responses: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Only a demo is filled with invented people.")
        try:
            added = demonstrating.seed(responses)
        except Protocol.DoesNotExist as error:
            raise CommandError("Publish a protocol first.") from error
        self.print({"added": added, "logins": demonstrating.logins()})
