"""case-vs-bare: a case with its whole explanation beside its template alone.

The template draws the same page from words that were made ready before: what is left
is opening, putting on record, judging again, explaining, and asking the database.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from benchmarks import stage
from benchmarks.measuring import Figure, Work, in_turn, report
from benchmarks.pages import KETAMINE
from benchmarks.serving import TOKEN, asking, request, served

NAMES = ("case-vs-bare",)
PATIENTS = (
    "p45-thoughts-of-suicide-now",
    "p50-heart-and-vessel-stops",
    "p63-a-long-medical-history",
    "p42-back-fibromyalgia-and-depression",
)
GOAL = 3
ROUNDS = 25


def measure(wanted: list[str]) -> Iterator[Figure]:
    with stage.clinic():
        cookies, cases = _staged()
        works: dict[str, Work] = {}
        with served("clinic.wsgi", stage.SETTINGS) as client:
            for slug, key in cases.items():
                page = request(f"/staff/case/{key}/", cookies)
                bare = request(f"/bare/case/{key}/", cookies)
                _is_the_same(client.send(page).body, client.send(bare).body)
                works[f"page {slug}"] = asking(client, page, 200)
                works[f"bare {slug}"] = asking(client, bare, 200)
            taken = in_turn(works, rounds=ROUNDS)
        for slug in cases:
            both = [taken[f"{name} {slug}"] * 1000 for name in ("page", "bare")]
            print(f"{slug}: {both[0]:.1f} ms beside {both[1]:.1f} ms", flush=True)
        bares = sum(taken[f"bare {slug}"] for slug in cases)
        yield Figure("case-vs-bare", (sum(taken.values()) - bares) / bares, "<=", GOAL)


def _staged() -> tuple[dict[str, str], dict[str, str]]:
    """Let some patients send, and a clinician sit down; return her cookies."""
    from django.conf import settings
    from django.test import Client

    from screening.engine.document import read_directory
    from tests import patients

    protocol = stage.published(read_directory(KETAMINE))
    cases = {slug: str(patients.sent(protocol, slug).pk) for slug in PATIENTS}
    client = Client(SERVER_NAME="localhost")
    client.force_login(patients.person())
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"session": session, "csrf": TOKEN}, cases


def _is_the_same(page: bytes, bare: bytes) -> None:
    """The record grows by a line with each opening; nothing else may differ."""
    assert abs(len(page) - len(bare)) < 1000, (len(page), len(bare))


if __name__ == "__main__":
    sys.exit(report(NAMES, measure))
