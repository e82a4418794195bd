"""`make fuzz`: N malformed requests, shared by two processes, one line a figure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from chaos import database
from chaos.figures import Figures
from chaos.reaping import tidy_when_terminated
from chaos.run import Plan, held

N = int(os.environ.get("N", "100000"))
SEED = int(os.environ.get("SEED", "20261123"))
PARTS, ROUNDS = 2, 10

Found = dict[str, Any]


def main() -> int:
    tidy_when_terminated()
    began = time.monotonic()
    with database.folder() as prepared:
        database.prepare(database.SQLITE, prepared)
        parts = [_start(prepared, SEED + part) for part in range(PARTS)]
        found = summed(json.loads(part.communicate()[0]) for part in parts)
        found["wire"] = held(database.SQLITE, prepared, Plan("wire", ROUNDS, wired))
    for example in found["examples"]:
        print(example, file=sys.stderr)
    return _say(found, time.monotonic() - began)


def _say(found: Found, seconds: float) -> int:
    figures = Figures()
    figures.say("fuzz-requests", found["requests"], f">={N}")
    figures.say("fuzz-routes", found["routes"], ">=1")
    figures.say("fuzz-identities", found["identities"], "=6")
    figures.say("fuzz-500", found["found"]["fault"], "=0")
    figures.say("fuzz-hang", found["found"]["hang"], "=0")
    figures.say("fuzz-trace", found["found"]["trace"], "=0")
    for what, value, goal in wired(found["wire"], ROUNDS):
        figures.say(f"fuzz-wire-{what}", value, goal)
    figures.say("fuzz-slowest-seconds", round(found["slowest"], 3), "<=2")
    print(f"{seconds:.0f} s; {dict(found['statuses'])}", file=sys.stderr)
    return 0 if figures.all_met else 1


def wired(found: Found, size: int) -> Iterator[tuple[str, float, str]]:
    yield "lines", found["lines"], f">={size}"
    yield "500", found["faults"], "=0"
    yield "alive-after", found["alive"], "=200"


def _start(prepared: Path, seed: int) -> subprocess.Popen[str]:
    """Each has a copy of its own, so that none waits for the other's writes."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "fuzz.settings"}
    command = [sys.executable, "-m", "fuzz.part", str(prepared), str(-(-N // PARTS))]
    return subprocess.Popen(
        [*command, str(seed)], env=environment, stdout=subprocess.PIPE, text=True
    )


def summed(parts: Iterable[Found]) -> Found:
    whole: Found = {"requests": 0, "slowest": 0.0, "examples": []}
    whole |= {"found": Counter(), "statuses": Counter()}
    for part in parts:
        whole["requests"] += part["requests"]
        whole["slowest"] = max(whole["slowest"], part["slowest"])
        whole["examples"] += part["examples"]
        whole["routes"], whole["identities"] = part["routes"], part["identities"]
        whole["found"].update(part["found"])
        whole["statuses"].update(part["statuses"])
    return whole


if __name__ == "__main__":
    sys.exit(main())
