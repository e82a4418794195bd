"""What every test stands on: a guarded database, an empty cache, Debian's Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command, get_commands

# The browser's driver runs an event loop of its own beside the database tests.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """The counters of failed logins would leak from one test into the next."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Guard the test database as the real one is guarded."""
    if "protect" in get_commands():
        with django_db_blocker.unblock():
            call_command("protect", verbosity=0)


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any],
) -> dict[str, Any]:
    """Drive the system's Chromium; the driver's own download is not used."""
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: run `make test`, or install it."
    return {**browser_type_launch_args, "executable_path": chromium, "args": QUIET}
