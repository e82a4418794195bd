"""Move every data key under the active key of the keyring, while the clinic goes on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from screening.management.output import ScriptableCommand
from screening.services.upkeep import rotating


class Command(ScriptableCommand):
    help = "Rewrap data keys in batches. Stopped, it goes on where it stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=rotating.BATCH)

    def handle(self, *, batch: int, **options: Any) -> None:
        done = rotating.rotate(batch=max(1, batch))
        self.print(
            {
                "active": settings.VAULT_ACTIVE_KEY,
                "rewrapped": done.rewrapped,
                "left": done.left,
                "unreadable": [str(pk) for pk in done.unreadable],
                "unused": done.unused,
            }
        )
        if done.unreadable:
            raise CommandError(f"{len(done.unreadable)} data keys cannot be opened.")
