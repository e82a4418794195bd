"""A share of the requests, in its own process: `fuzz.part PREPARED NUMBER SEED`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from chaos import database


def main(prepared: str, number: str, seed: str) -> None:
    with (
        database.folder() as own,
        database.opened(database.SQLITE, Path(prepared), own),
    ):
        import django

        django.setup()
        from fuzz.shooting import shoot

        print(json.dumps(shoot(int(number), int(seed))))


if __name__ == "__main__":
    main(*sys.argv[1:])
