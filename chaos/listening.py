"""What the machine lets slip while drafts are open: processes, files, logs, a dump."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from chaos import patients
from chaos.browser import Browser
from chaos.cluster import Cluster, programs
from chaos.reaping import children
from chaos.server import running
from chaos.walker import HIDDEN
from screening.models import Response
from tests.canaries import CANARY, DIGITS, answers_with_canaries
from tests.golden import protocol

TABLE = "screening_response"
STEPS = 12


def overheard(cluster: Cluster | None, size: int) -> dict[str, Any]:
    """Search everything around a running server for what was only said to it."""
    own = Path(os.environ["CHAOS_FOLDER"])
    with running(CHAOS_LOG=str(own / "debug.log")) as server:
        errors = sum(_tell(server.port) for _ in range(size))
        ahead = sum(path.stat().st_size for path in own.rglob("*wal*"))
        heard = [*_processes(os.getpid()), *_files(own), *_dump(cluster)]
    secrets = [settings.SECRET_KEY.encode(), *map(bytes.hex, _keys())]
    spoken = [
        secret.encode() if isinstance(secret, str) else secret for secret in secrets
    ]
    names = [
        name.encode() for name in Response.objects.values_list("reference", flat=True)
    ]
    return {
        "canaries": _count(heard, [CANARY.encode(), DIGITS.encode()]),
        "secrets": _count(heard, spoken),
        "references": _count(heard, names),
        "errors": errors,
        "ahead": ahead,
    }


def _tell(port: int) -> int:
    """Fill in some pages and leave the draft open; then save into a broken database."""
    answers = answers_with_canaries(protocol(), patients.ALARMING)
    browser = Browser(port)
    shown: Mapping[str, str] = dict(HIDDEN.findall(browser.get("/begin/").text))
    hidden = {k: v for k, v in shown.items() if k != "csrfmiddlewaretoken"}
    first = patients.posts(patients.first_page(), answers)[-1]
    address, named = browser.post("/begin/", hidden | first).location, ""
    for _ in range(STEPS):
        if address == "/help-now/":
            address = browser.post(address, {"action": "go-on"}).location
            continue
        named = address
        for fields in patients.posts(address.split("/")[2], answers):
            address = browser.post(named, fields).location
    with _table_away():
        said = browser.post(named, {"full-name": CANARY, "phone": DIGITS})
        found = browser.post("/resume/", {"resume-code": CANARY})
    return (said.status >= 500) + (found.status >= 500)


@contextmanager
def _table_away() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} RENAME TO away")
        try:
            yield
        finally:
            cursor.execute(f"ALTER TABLE away RENAME TO {TABLE}")


def _processes(pid: int) -> Iterator[bytes]:
    for child in [pid, *children(pid)]:
        for name in ("cmdline", "environ"):
            with suppress(OSError):
                yield Path(f"/proc/{child}/{name}").read_bytes()
        if child != pid:
            yield from _processes(child)


def _files(own: Path) -> Iterator[bytes]:
    """Yield the database's files with the log ahead of them, and the server's log."""
    for path in own.rglob("*"):
        if path.is_file():
            yield path.read_bytes()


def _dump(cluster: Cluster | None) -> Iterator[bytes]:
    folder = programs()
    if cluster and folder:
        command = [str(folder / "pg_dump"), "--inserts", f"--dbname={cluster.url}"]
        yield subprocess.run(command, check=True, capture_output=True).stdout


def _keys() -> Iterator[bytes]:
    yield from settings.VAULT_KEYS.values()
    yield from (settings.VAULT_INDEX_KEY, settings.VAULT_AUDIT_KEY)


def _count(heard: list[bytes], words: list[bytes]) -> int:
    return sum(held.count(word) for held in heard for word in words)
