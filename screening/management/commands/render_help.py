"""Write the help page as one file that the front server shows when all else is down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management.base import CommandError, CommandParser
from django.template.loader import render_to_string

from screening.engine.help_words import help_words
from screening.management.output import ScriptableCommand
from screening.services import promises

LARGEST = 15_000


class Command(ScriptableCommand):
    help = "Write the help page as one file, with this clinic's numbers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "path", nargs="?", type=Path, default=settings.BASE_DIR / "var/help.html"
        )

    def handle(self, *, path: Path, **options: Any) -> None:
        page = _page().encode()
        if len(page) > LARGEST:
            raise CommandError(f"The page has {len(page)} bytes, over {LARGEST}.")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(page)
        except OSError as error:
            raise CommandError(
                f"{path} cannot be written: {error.strerror}."
            ) from error
        self.print({"path": str(path), "bytes": len(page)})


def _page() -> str:
    """Return the page with its style inside: no second file may be missing."""
    crisis = promises.crisis_contacts()
    if crisis is None:
        raise CommandError("No crisis contacts are set for the clinic's region.")
    # It is shown when no database can be asked, and written where none may be there.
    words = help_words(())
    context = {"clinic": promises.context(), "crisis": crisis, "words": words}
    page = render_to_string("screening/patient/help_static.html", context)
    style = Path(str(finders.find("screening/help.css"))).read_text(encoding="utf-8")
    return page.replace("</head>", f"<style>\n{style}</style>\n</head>")
