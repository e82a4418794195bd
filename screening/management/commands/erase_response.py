"""Erase what one patient said, for good."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from screening.management.output import ScriptableCommand
from screening.models import Response
from screening.services.upkeep import erasing


class Command(ScriptableCommand):
    help = "Destroy the key of a response. Nothing brings its answers back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", metavar="REFERENCE")

    def handle(self, *, reference: str, **options: Any) -> None:
        try:
            erased = erasing.erase(reference, actor_label="operator")
        except Response.DoesNotExist as error:
            raise CommandError("No response has this reference.") from error
        except erasing.AlreadyErased as error:
            raise CommandError("It was erased before.") from error
        except erasing.AlertOpen as error:
            raise CommandError("An alert is open on it: close that first.") from error
        self.print({"erased": erased.reference, "remains": list(erasing.REMAINS)})
