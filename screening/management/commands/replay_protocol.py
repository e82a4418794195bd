"""Try a draft on every past response, and say how many would come out otherwise."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from screening.management.output import ScriptableCommand
from screening.models import Protocol, ReplayRun
from screening.services.protocol import replaying


class Command(ScriptableCommand):
    help = "Replay past responses under a draft; a run that was cut short goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("version", metavar="DRAFT", nargs="?")
        parser.add_argument(
            "--waiting", action="store_true", help="Go on with what was asked for."
        )

    def handle(self, *, version: str | None, waiting: bool, **options: Any) -> None:
        run = replaying.waiting() if waiting else _asked(version)
        self.print(_told(replaying.go_on(run)) if run else {"run": None})


def _asked(version: str | None) -> ReplayRun:
    drafts = Protocol.objects.filter(status="draft")
    draft = drafts.filter(version=version).first() if version else drafts.first()
    if draft is None:
        raise CommandError(f"No draft {version or ''}".rstrip() + " is there.")
    return replaying.ask(draft, by=None)


def _told(run: ReplayRun) -> dict[str, Any]:
    return {
        "run": str(run.pk),
        "version": run.protocol.version,
        "content_hash": run.content_hash,
        "total": run.total,
        "done": run.done,
        "finished": run.finished_at is not None,
        "counts": dict(sorted(run.counts.items())),
    }
