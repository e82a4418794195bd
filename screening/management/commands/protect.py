"""Install the triggers that keep what was published, sent and signed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import connection

from screening.management.output import ScriptableCommand
from screening.models import grants, guards

NO_TABLE = "{} guards have no table to stand on: run migrate first."


class Command(ScriptableCommand):
    help = "Install the guards that are missing. Run it after every migrate."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--serves",
            metavar="ROLE",
            default="",
            help="The server's database role: it may read and write rows, no more.",
        )

    def handle(self, *, serves: str, verbosity: int, **options: Any) -> None:
        installed = guards.install(connection)
        if lacking := guards.missing(connection):
            raise CommandError(NO_TABLE.format(len(lacking)))
        if serves:
            try:
                grants.serve(connection, serves)
            except grants.CannotServe as refusal:
                raise CommandError(str(refusal)) from refusal
        if verbosity:
            self.print({"guards": guards.count(connection), "installed": installed})
