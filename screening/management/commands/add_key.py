"""Add a key to the keyring, or make one of its keys the active one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from screening.management.output import ScriptableCommand
from screening.vault import keyring


class Command(ScriptableCommand):
    help = "Add a key; with --activate, let the key of this name wrap from now on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME", help="A month, such as 2027-01.")
        parser.add_argument("--activate", action="store_true")

    def handle(self, *, name: str, activate: bool, **options: Any) -> None:
        change = keyring.activate_key if activate else keyring.add_key
        try:
            change(settings.KEYRING, name)
        except keyring.BadKeyring as error:
            raise CommandError(str(error)) from error
        held = keyring.read_keyring(settings.KEYRING)
        self.print({"active": held.active, "keys": sorted(held.keys)})
