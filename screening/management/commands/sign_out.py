"""End the sessions of a member of staff, and take off lost factors."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from screening.management.output import ScriptableCommand
from screening.models import Staff
from screening.services.team import signing_out


class Command(ScriptableCommand):
    help = "End all sessions of this name; with --factors, take off their factors too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME")
        parser.add_argument("--factors", action="store_true")

    def handle(self, *, name: str, factors: bool, **options: Any) -> None:
        try:
            ended = signing_out.sign_out(name, factors=factors)
        except Staff.DoesNotExist as error:
            raise CommandError("Nobody on the staff has this name.") from error
        self.print({"name": name, "sessions_ended": ended, "factors_removed": factors})
