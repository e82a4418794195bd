"""Install the triggers that keep what was published, sent and signed."""

from __future__ import annotations

from typing import Any

from django.db import connection

from screening.management.output import ScriptableCommand
from screening.models import guards


class Command(ScriptableCommand):
    help = "Install the guards that are missing. Run it after every migrate."

    def handle(self, *, verbosity: int, **options: Any) -> None:
        installed = guards.install(connection)
        if verbosity:
            self.print({"guards": guards.count(connection), "installed": installed})
