"""Print all that is held about one response, for the patient who asks for it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from screening import vault
from screening.management.output import ScriptableCommand
from screening.models import Response
from screening.services.desk import disclosing


class Command(ScriptableCommand):
    help = "Print a patient's copy. It holds every answer: send it nowhere by mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", metavar="REFERENCE")

    def handle(self, *, reference: str, **options: Any) -> None:
        try:
            self.print(disclosing.copy_of(reference, actor_label="operator"))
        except Response.DoesNotExist as error:
            raise CommandError("No response has this reference.") from error
        except vault.Unreadable as error:
            raise CommandError("It was erased, or its key is lost.") from error
