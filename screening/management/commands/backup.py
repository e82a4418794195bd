"""Back the database up; the keys are no part of it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from screening.management.output import ScriptableCommand
from screening.models import Response
from screening.services import auditing
from screening.services.upkeep import backing_up


class Command(ScriptableCommand):
    help = "Write a backup to a new file, while the clinic goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", metavar="PATH", type=Path)

    def handle(self, *, path: Path, **options: Any) -> None:
        try:
            fingerprint = backing_up.back_up(path)
        except FileExistsError as error:
            raise CommandError(f"{path} is there already.") from error
        except OSError as error:
            raise CommandError(
                f"{path} cannot be written: {error.strerror}."
            ) from error
        except subprocess.CalledProcessError as error:
            raise CommandError("pg_dump did not finish.") from error
        self.print(
            {
                "path": str(path),
                "bytes": path.stat().st_size,
                "sha256": fingerprint,
                "responses": Response.objects.count(),
                "head": auditing.head(),
            }
        )
