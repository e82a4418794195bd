"""Follow the audit chain from end to end."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from screening.management.output import ScriptableCommand
from screening.models import AuditEvent
from screening.services import auditing
from screening.services.upkeep import heads


class Command(ScriptableCommand):
    help = "Verify the audit chain; note its head elsewhere to see a cut-off tail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head", default="", help="A head that was noted before: it must be there."
        )

        parser.add_argument(
            "--noted", action="store_true", help="Look for the heads the worker noted."
        )

    def handle(self, *, head: str, noted: bool, **options: Any) -> None:
        problems = auditing.verify(known_head=head)
        if noted:
            problems += [f"The head of {day} is gone." for day in heads.lost()]
        events, last = AuditEvent.objects.count(), auditing.head()
        self.print({"events": events, "head": last, "problems": problems})
        if problems:
            raise CommandError("\n".join(problems))
