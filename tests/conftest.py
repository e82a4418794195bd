"""What every test stands on: a guarded database, an empty cache, Debian's Chromium."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import TransactionTestCase

from screening.engine.document import read_directory
from screening.models import Protocol
from screening.services.publishing import publish
from tests.emptying import emptying, standing
from tests.golden import KETAMINE

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


ASKS_THE_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Mark what asks the database, so that the rest is proved once."""
    for item in items:
        if item.get_closest_marker("django_db") or _asks_the_database(item):
            item.add_marker("database")


def pytest_collection_finish() -> None:
    """Spare the collector what lives as long as the run: it took a quarter of it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _asks_the_database(item: Any) -> bool:
    return not ASKS_THE_DATABASE.isdisjoint(item.fixturenames)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """The counters of failed logins would leak from one test into the next."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: Any, document: dict[str, Any]
) -> Iterator[None]:
    """Guard the test database as the real one is guarded, and publish once for all.

    A test that wants no protocol retires this one.
    """
    with django_db_blocker.unblock():
        call_command("protect", verbosity=0)
        publish(document)
        flush = TransactionTestCase._fixture_teardown
        TransactionTestCase._fixture_teardown = emptying(standing(), flush)  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def document() -> dict[str, Any]:
    """The protocol that ships, as one document."""
    return read_directory(KETAMINE)


@pytest.fixture
def protocol(db: None, document: dict[str, Any]) -> Protocol:
    """The protocol that ships, published and active, also after a flush."""
    return Protocol.objects.filter(status="active").first() or publish(document)


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any],
) -> dict[str, Any]:
    """Drive the system's Chromium, the one without a window if it is there."""
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert chromium, "Chromium is missing: run `make test`, or install it."
    return {**browser_type_launch_args, "executable_path": chromium, "args": QUIET}
