"""The cache in the database, with counters that lose no count and end when they should.

Django's own `incr` there reads and writes apart, and lets a counter live for five
minutes from then on: whoever waited that long had an hour's budget again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router, transaction
from django.utils.dateparse import parse_datetime

LOCKED = {
    "sqlite": "SELECT expires FROM cache WHERE cache_key = %s",
    "postgresql": "SELECT expires FROM cache WHERE cache_key = %s FOR UPDATE",
}


class CountingCache(DatabaseCache):
    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Raises ValueError for a counter that is not there, as every cache does."""
        alias = router.db_for_write(self.cache_model_class)
        with transaction.atomic(using=alias):
            left = self._seconds_left(alias, self.make_key(key, version=version))
            held: int | None = self.get(key, version=version) if left > 0 else None
            if held is None:
                raise ValueError(f"Nothing is counted as {key!r}.")
            self.set(key, held + delta, timeout=left, version=version)
        return held + delta

    def _seconds_left(self, alias: str, made_key: str) -> float:
        """Lock the row, so that nobody counts from the same number."""
        connection = connections[alias]
        with connection.cursor() as cursor:
            cursor.execute(LOCKED[connection.vendor], [made_key])
            row: Any = cursor.fetchone()
        ends = parse_datetime(str(row[0])) if row else None
        if ends is None:
            return 0
        ends = ends if ends.tzinfo else ends.replace(tzinfo=UTC)
        return (ends - datetime.now(UTC)).total_seconds()
