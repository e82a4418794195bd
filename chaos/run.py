"""`make chaos`: every trial on every database, one line a figure.

KILLS is how often the application is killed on each database; every other number
shrinks with it. ONLY names the figures to measure, by how they begin.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chaos import cluster, database
from chaos.database import POSTGRESQL, SQLITE
from chaos.figures import Figures, line
from chaos.reaping import tidy_when_terminated

KILLS = int(os.environ.get("KILLS", "1000"))
ONLY = os.environ.get("ONLY", "")
Found = dict[str, Any]
Goals = Callable[[Found, int], Iterator[tuple[str, float, str]]]


def _share(of: int) -> int:
    """Return so much of a number as KILLS is of a thousand."""
    return max(2, min(of, of * KILLS // 1000))


def _wrong(found: Found) -> Iterator[tuple[str, float, str]]:
    for kind in ("lost", "duplicated", "missing", "broken", "strange"):
        yield kind, len(found[kind]), "=0"


def crashed(found: Found, size: int) -> Iterator[tuple[str, float, str]]:
    yield "kills", found["kills"], f">={size}"
    yield "acknowledged", found["acknowledged"], f">={size}"
    yield "cut-under-way", found["cut"], ">=0"
    yield from _wrong(found)
    yield "mails-in-requests", found["mails"], "=0"


def tapped(found: Found, size: int) -> Iterator[tuple[str, float, str]]:
    yield "rows", found["rows"], f"={size}"
    yield from _wrong(found)


def signed(found: Found, size: int) -> Iterator[tuple[str, float, str]]:
    yield "signed", found["signed"], f"={size}"
    yield "wrong", sum(found["wrong"].values()), "=0"


def starved(found: Found, size: int) -> Iterator[tuple[str, float, str]]:
    yield "refused", found["refused"], ">=1"
    yield "pages-without-help", found["helpless"], "=0"
    yield "help-page-away", found["help_away"], "=0"
    yield from _wrong(found)


def away(found: Found, size: int) -> Iterator[tuple[str, float, str]]:
    yield from starved(found, size)
    yield "slowest-503-seconds", found["slowest_503"], "<=3"
    yield "slowest-help-seconds", found["slowest_help"], "<=1"


def silent(found: Found, size: int) -> Iterator[tuple[str, float, str]]:
    yield from starved(found, size)
    yield "slowest-503-seconds", found["slowest_503"], "<=9"
    yield "slowest-help-seconds", found["slowest_help"], "<=1"


def dripped(found: Found, size: int) -> Iterator[tuple[str, float, str]]:
    yield "help-page-away", found["help_away"], "=0"
    yield "pages-away", found["pages_away"], "=0"
    yield "slowest-seconds", found["slowest"], "<=1"


def mailed(found: Found, size: int) -> Iterator[tuple[str, float, str]]:
    yield "kills", found["kills"], f">={size}"
    yield "notices", found["notices"], f">={size}"
    yield "dropped-by-the-server", found["dropped"], ">=1"
    for kind in ("never_arrived", "under_another_id", "still_waiting"):
        yield kind.replace("_", "-"), found[kind], "=0"


def swapped(found: Found, size: int) -> Iterator[tuple[str, float, str]]:
    yield "opened", found["opened"], "=0"


def viewed(found: Found, size: int) -> Iterator[tuple[str, float, str]]:
    yield "seen-off-record", found["seen"], "=0"
    yield "seen-on-record", found["shown_otherwise"], f"={size}"


def overheard(found: Found, size: int) -> Iterator[tuple[str, float, str]]:
    yield "canaries", found["canaries"], "=0"
    yield "secrets", found["secrets"], "=0"
    yield "references-seen", found["references"], ">=1"
    yield "log-ahead-bytes", found["ahead"], ">=1"
    yield "errors-forced", found["errors"], f">={size}"


@dataclass(frozen=True)
class Plan:
    """A trial, how large, what is to follow from it, and where it can be held."""

    trial: str
    size: int
    goals: Goals
    on: tuple[str, ...] = (SQLITE, POSTGRESQL)
    as_root: bool = False


PLANS = (
    Plan("application", KILLS, crashed),
    Plan("postmaster", _share(100), crashed, on=(POSTGRESQL,)),
    Plan("sending", _share(1000), tapped),
    Plan("signing", _share(1000), signed),
    Plan("mailing", _share(100), mailed),
    Plan("outage", _share(30), away),
    Plan("silence", _share(30), silent, on=(POSTGRESQL,)),
    Plan("slow-lines", _share(30), dripped, on=(SQLITE,)),
    Plan("full-disk", _share(100), starved, on=(SQLITE,)),
    Plan("full-disk", _share(100), starved, on=(POSTGRESQL,), as_root=True),
    Plan("swapping", _share(100), swapped),
    Plan("viewing", _share(100), viewed),
    Plan("listening", 2, overheard),
)
# What finds each fault, how large a trial it needs, and where it is sought.
FAULTS = {
    "no-unique-key": Plan("sending", 20, tapped),
    "no-transaction": Plan("until-found", 160, crashed),
    "mail-in-the-request": Plan("sending", 2, tapped),
    "no-version-check": Plan("signing", 20, signed),
    "no-associated-data": Plan("swapping", 5, swapped),
    "audit-after-view": Plan("viewing", 3, viewed),
}


def main() -> int:
    tidy_when_terminated()
    figures = Figures()
    kinds = [SQLITE, *([POSTGRESQL] if cluster.programs() else [])]
    with ExitStack() as stack:
        for kind in kinds:
            prepared = stack.enter_context(database.folder())
            database.prepare(kind, prepared)
            _measure(kind, prepared, figures)
    if len(kinds) == 1:
        print("PostgreSQL is missing: run .ci/apt-install postgresql", file=sys.stderr)
    return 0 if figures.all_met and len(kinds) == 2 else 1


def _measure(kind: str, prepared: Path, figures: Figures) -> None:
    for plan in PLANS:
        start = f"{plan.trial}-{kind}"
        if kind not in plan.on or not start.startswith(ONLY):
            continue
        if plan.as_root and os.getuid():
            print(f"{start} needs root for a small disk: not held.", file=sys.stderr)
            continue
        found = held(kind, prepared, plan)
        for what, value, goal in plan.goals(found, plan.size):
            figures.say(f"{start}-{what}", value, goal)
    if f"faults-{kind}".startswith(ONLY):
        caught = [name for name in FAULTS if is_caught(kind, prepared, name)]
        figures.say(f"faults-{kind}-caught", len(caught), f"={len(FAULTS)}")


def held(kind: str, prepared: Path, plan: Plan, fault: str = "") -> Found:
    """Hold one trial in a process of its own, and return what it found."""
    command = [sys.executable, "-m", "chaos.trial", kind, str(prepared)]
    environment = os.environ | {"CHAOS_FAULT": fault}
    done = subprocess.run(
        [*command, plan.trial, str(plan.size)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: Found = json.loads(done.stdout.splitlines()[-1])
    for wrong in _wrong(found) if "lost" in found and not fault else ():
        if wrong[1]:
            print(wrong[0], found[wrong[0]][:5], file=sys.stderr)
    return found


def is_caught(kind: str, prepared: Path, fault: str) -> bool:
    """Tell whether a fault makes a figure fall short that has no fault to thank."""
    plan = FAULTS[fault]
    found = held(kind, prepared, plan, fault)
    # How much was done before a fault showed says nothing about the fault.
    told = (g for g in plan.goals(found, plan.size) if g[2].startswith("="))
    return bool(found.get("mails")) or not all(line(*goal)[1] for goal in told)


if __name__ == "__main__":
    sys.exit(main())
