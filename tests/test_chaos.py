"""A small `make chaos`: 100 kills on each database, six faults it must find."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from chaos import database
from chaos.figures import line
from chaos.run import (
    FAULTS,
    PLANS,
    Plan,
    crashed,
    dripped,
    held,
    is_caught,
    starved,
)
from fuzz.run import wired

pytestmark = pytest.mark.database
KILLS, PARTS = 100, 4
# The trials run in processes of their own, on databases of their own.
ON_POSTGRESQL = "postgres" in os.environ.get("DATABASE_URL", "")
KIND = database.POSTGRESQL if ON_POSTGRESQL else database.SQLITE
SMALL = {
    "sending": 25,
    "signing": 20,
    "swapping": 10,
    "viewing": 5,
    "outage": 3,
    "mailing": 10,
    "listening": 1,
}


@pytest.fixture(scope="module")
def prepared() -> Iterator[Path]:
    with database.folder() as folder:
        database.prepare(KIND, folder)
        yield folder


def short(prepared: Path, plan: Plan) -> list[str]:
    """Return the figures of a trial that fall short of their goals, all but seconds.

    Those are for `make chaos`: the tests share their machine.
    """
    found = held(KIND, prepared, plan)
    goals = [goal for goal in plan.goals(found, plan.size) if "seconds" not in goal[0]]
    return [text for text, met in (line(*goal) for goal in goals) if not met]


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_acknowledged_is_lost_when_the_application_is_killed(
    prepared: Path, part: int
) -> None:
    assert short(prepared, Plan("application", KILLS // PARTS, crashed)) == []


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has no process to kill")
def test_nothing_acknowledged_is_lost_when_the_database_is_killed(
    prepared: Path,
) -> None:
    assert short(prepared, Plan("postmaster", 5, crashed)) == []


@pytest.mark.skipif(ON_POSTGRESQL, reason="a small disk needs root")
def test_a_full_disk_is_said_and_leaves_nothing_half_written(prepared: Path) -> None:
    assert short(prepared, Plan("full-disk", 5, starved)) == []


@pytest.mark.skipif(ON_POSTGRESQL, reason="no database has a part in it")
def test_whoever_sends_a_byte_at_a_time_keeps_nobody_from_help(prepared: Path) -> None:
    assert short(prepared, Plan("slow-lines", 1, dripped)) == []


@pytest.mark.parametrize("trial", SMALL)
def test_races_outages_and_peeping_come_to_nothing(prepared: Path, trial: str) -> None:
    plan = next(plan for plan in PLANS if plan.trial == trial)
    assert short(prepared, Plan(trial, SMALL[trial], plan.goals)) == []


def test_bytes_that_are_hardly_http_are_refused(prepared: Path) -> None:
    assert short(prepared, Plan("wire", 1, wired)) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_the_harness_finds_a_seeded_fault(prepared: Path, fault: str) -> None:
    assert is_caught(KIND, prepared, fault)


def test_the_trials_name_the_database_under_test() -> None:
    assert connection.vendor == KIND
