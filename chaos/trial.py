"""One trial, on its own database: `python -m chaos.trial KIND PREPARED NAME SIZE`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from chaos import database
from chaos.cluster import Cluster
from chaos.reaping import adopt_orphans, tidy_when_terminated

Trial = Callable[[Cluster | None, int], dict[str, Any]]


def trials() -> dict[str, Trial]:
    """They touch models, so they are read once Django is set up."""
    from chaos import crashing, dripping, listening, mailing, peeping, racing, starving
    from fuzz import wire

    return {
        "application": crashing.application,
        "postmaster": crashing.postmaster,
        "until-found": crashing.until_found,
        "sending": racing.sending,
        "signing": racing.signing,
        "mailing": mailing.mailing,
        "outage": starving.outage,
        "silence": starving.silence,
        "slow-lines": dripping.slow_lines,
        "full-disk": starving.full_disk,
        "swapping": peeping.swapping,
        "viewing": peeping.viewing,
        "listening": listening.overheard,
        "wire": wire.sent,
    }


def main(kind: str, prepared: str, name: str, size: str) -> None:
    adopt_orphans()
    tidy_when_terminated()
    os.environ["DJANGO_SETTINGS_MODULE"] = "chaos.settings"
    with database.folder() as own:
        os.environ["CHAOS_FOLDER"] = str(own)
        with database.opened(kind, Path(prepared), own) as cluster:
            print(json.dumps(_run(cluster, name, int(size))))


def _run(cluster: Cluster | None, name: str, size: int) -> dict[str, Any]:
    import django
    from django.db import connections

    from chaos import faults

    django.setup()
    fault = os.environ.get("CHAOS_FAULT", "")
    faults.apply(fault)
    try:
        return trials()[name](cluster, size)
    finally:
        connections.close_all()


if __name__ == "__main__":
    main(*sys.argv[1:])
