"""How every command speaks: JSON on stdout, one sentence a line on stderr."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from screening.engine.document import ProtocolError, read_directory


class ScriptableCommand(BaseCommand):
    """Leaves `--version` to the protocol's version, and prints no colours."""

    def create_parser(
        self, prog_name: str, subcommand: str, **kwargs: Any
    ) -> CommandParser:
        # Django's own --version option would shadow the protocol's.
        kwargs["conflict_handler"] = "resolve"
        return super().create_parser(prog_name, subcommand, **kwargs)

    def print(self, result: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2))


def read_document(directory: str) -> dict[str, Any]:
    """Raise CommandError when there is no protocol to read."""
    try:
        return read_directory(Path(directory))
    except ProtocolError as error:
        raise CommandError(str(error)) from error
