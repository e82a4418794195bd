"""A clinic to measure, with a database of its own, and drafts in it."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.utils import timezone

from benchmarks.serving import TOKEN

MEMORY = Path("/dev/shm")
SETTINGS = "benchmarks.settings"


@dataclass(frozen=True)
class Draft:
    """A questionnaire that waits to be sent, and the browser that holds it."""

    cookies: dict[str, str]
    send_key: str


@contextmanager
def folder(*, on_disk: bool) -> Iterator[Path]:
    """Make a folder; in memory, what is measured does not depend on the disk."""
    memory = MEMORY if MEMORY.is_dir() and not on_disk else None
    place = tempfile.mkdtemp(prefix="bench-", dir=memory)
    try:
        yield Path(place)
    finally:
        shutil.rmtree(place)


@contextmanager
def clinic(*, on_disk: bool = False) -> Iterator[None]:
    """Open a demo clinic that has nothing in it yet."""
    with folder(on_disk=on_disk) as place:
        os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
        os.environ["CLINIC_MODE"] = "demo"
        os.environ["DATABASE_URL"] = f"sqlite:///{place / 'clinic.sqlite3'}"
        django.setup()
        call_command("migrate", interactive=False, verbosity=0, run_syncdb=True)
        call_command("createcachetable", verbosity=0)
        call_command("protect", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        yield


def published(document: dict[str, Any]) -> Any:
    """Write a protocol as published without the checks, which are for clinics."""
    from screening.engine.document import canonical, content_hash
    from screening.models import Protocol

    protocol = Protocol.objects.create(**document["protocol"])
    protocol.write(canonical(document))
    protocol.content_hash = content_hash(document)
    protocol.published_at, protocol.status = timezone.now(), "active"
    protocol.save()
    return protocol


def draft(protocol: Any, answers: Mapping[str, Any]) -> Draft:
    from django.contrib.sessions.backends.db import SessionStore

    from screening.services import answering
    from screening.views.access import DRAFT, TOUCHED

    response = answering.begin(protocol=protocol, answers=answers)
    session = SessionStore()
    session[DRAFT], session[TOUCHED] = str(response.pk), int(time.time())
    session.create()
    cookies = {"session": str(session.session_key), "csrf": TOKEN}
    return Draft(cookies, str(response.send_key))
