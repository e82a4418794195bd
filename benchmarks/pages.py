"""page-show and page-save: every page of a whole journey beside a bare view."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import stage
from benchmarks.measuring import Figure, Work, in_turn, report
from benchmarks.serving import Client, asking, request, served

NAMES = ("page-show", "page-save")
KETAMINE = Path("screening/protocols/ketamine")
PATIENT = "p01-two-antidepressants-failed"
GOAL = 0.25
ROUNDS = 15

Pages = dict[str, dict[str, Any]]


def measure(wanted: list[str]) -> Iterator[Figure]:
    with stage.clinic():
        from screening.engine.document import read_directory
        from tests import golden

        protocol = stage.published(read_directory(KETAMINE))
        patient = golden.vignette(golden.VIGNETTES / f"{PATIENT}.toml")
        cookies = stage.draft(protocol, patient.answers).cookies
        pages = dict(_pages(protocol.engine, patient.answers, patient.as_of))
        with served("clinic.wsgi", stage.SETTINGS) as client:
            if "page-show" in wanted:
                yield _show(client, cookies, pages)
            if "page-save" in wanted:
                yield _save(client, cookies, pages)


def _pages(
    protocol: Any, answers: Mapping[str, Any], as_of: date
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each page that the patient is asked, and what is posted from it."""
    from screening.engine.journey import Journey
    from tests.walking import posted

    for page in Journey(protocol, answers, as_of).pages:
        yield f"/page/{page.slug}/", posted(page, answers)


def _show(client: Client, cookies: dict[str, str], pages: Pages) -> Figure:
    shown = [asking(client, request(path, cookies), 200) for path in pages]
    bare = asking(client, request("/bare/", cookies), 200)
    return Figure("page-show", _share(bare, shown), ">=", GOAL)


def _save(client: Client, cookies: dict[str, str], pages: Pages) -> Figure:
    posts = [request(path, cookies, fields) for path, fields in pages.items()]
    saved = [asking(client, post, 302) for post in posts]
    bare = asking(client, request("/bare/", cookies, {"a": "b"}), 200)
    return Figure("page-save", _share(bare, saved), ">=", GOAL)


def _share(bare: Work, pages: list[Work]) -> float:
    """Return the bare view's time as a part of the mean page's, one beside the other.

    Each page has its own median, since some are much longer than others.
    """
    works: dict[str, Work] = {}
    for number, page in enumerate(pages):
        works |= {f"bare {number}": bare, f"page {number}": page}
    taken = in_turn(works, rounds=ROUNDS)
    bares = [seconds for name, seconds in taken.items() if name.startswith("bare")]
    return sum(bares) / (sum(taken.values()) - sum(bares))


if __name__ == "__main__":
    sys.exit(report(NAMES, measure))
