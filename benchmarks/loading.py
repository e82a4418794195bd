"""load: fifty patients who think between pages, on two cores, beside a bare view.

MINUTES says for how long; ten when only this is asked for, else one.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from collections.abc import Iterator
from statistics import quantiles
from typing import Any

from benchmarks import stage
from benchmarks.measuring import Figure, report
from benchmarks.pages import KETAMINE
from benchmarks.serving import served

NAMES = ("load-errors", "load-page-p95-ms", "load-send-p95-ms", "load-bare-p95-ms")
PATIENTS, WORKERS = 50, 2
# Seconds between two bare views.
PAUSES = 0.5
ALONE = "load".startswith(os.environ.get("ONLY") or "all")
MINUTES = float(os.environ.get("MINUTES", "10" if ALONE else "1"))


def measure(wanted: list[str]) -> Iterator[Figure]:
    with stage.clinic(on_disk=True):
        from benchmarks.thinking import Clock
        from chaos.ledger import Ledger
        from screening.engine.document import read_directory
        from screening.services.publishing import publish

        ledger, clock = Ledger(), Clock()
        publish(read_directory(KETAMINE))
        with served("clinic.wsgi", stage.SETTINGS, workers=WORKERS) as client:
            _live(client.address[1], ledger, clock)
    print(
        f"{len(clock.pages)} pages and {len(ledger.sent)} questionnaires sent by "
        f"{PATIENTS} patients in {MINUTES:g} minutes, {len(clock.bares)} bare views.",
        *ledger.strange.most_common(3),
    )
    wrong = sum(ledger.strange.values()) + ledger.cut + ledger.refused
    yield Figure("load-errors", wrong, "<=", 0)
    yield Figure("load-page-p95-ms", _p95(clock.pages), "<=", 300)
    yield Figure("load-send-p95-ms", _p95(clock.sends), "<=", 1000)
    yield Figure("load-bare-p95-ms", _p95(clock.bares), ">=", 0)


def _live(port: int, ledger: Any, clock: Any) -> None:
    """Let them walk until the time is up, and then finish what they have asked."""
    # It reads models, which Django must be set up for.
    from benchmarks.thinking import Patient
    from chaos.browser import Browser

    patients = [Patient(number, port, ledger, clock) for number in range(PATIENTS)]
    for patient in patients:
        patient.start()
    until, browser = time.monotonic() + MINUTES * 60, Browser(port)
    while time.monotonic() < until:
        clock.bares.append(browser.get("/bare/").seconds)
        time.sleep(PAUSES * random.uniform(0.5, 1.5))
    for patient in patients:
        patient.stopping.set()
    for patient in patients:
        patient.join(timeout=30)
    assert threading.active_count() < PATIENTS, "A patient waits for ever."


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1] * 1000 if len(seconds) > 1 else float("inf")


if __name__ == "__main__":
    sys.exit(report(NAMES, measure))
