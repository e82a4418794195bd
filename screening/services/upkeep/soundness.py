"""Is all in place for patients to be heard? Each part in a word, nothing of anybody."""

from __future__ import annotations

from collections.abc import Callable

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from screening.models import Heartbeat, guards
from screening.services.mail.delivering import WORKER
from screening.services.safety.watching import SILENT_AFTER
from screening.services.upkeep import readiness


def parts() -> dict[str, bool]:
    """Return each part with whether it is sound; a part that cannot be asked is not."""
    return {name: _holds(check) for name, check in CHECKS.items()}


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Error:
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _guards() -> bool:
    return not guards.missing(connection)


def _intake() -> bool:
    return not readiness.why_closed()


def _worker() -> bool:
    since = timezone.now() - SILENT_AFTER
    return Heartbeat.objects.filter(name=WORKER, at__gte=since).exists()


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "migrations": _migrations,
    "guards": _guards,
    "intake": _intake,
    "worker": _worker,
}
