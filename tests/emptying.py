"""Empties the tables after a test with real transactions; the protocol stays.

Publishing takes most of a second, so the published protocol is left where the test
left it alone, and everything goes where it did not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.test import TransactionTestCase

from screening.models import Protocol, guards
from screening.models.documents import ROWS

Empties = Callable[[TransactionTestCase], None]
Standing = list[Any]
KEPT = (Protocol, *ROWS, ContentType, Permission)


def standing() -> Standing:
    """Say which protocols there are, in what state, and with how many rows."""
    protocols = Protocol.objects.values_list("version", "status", "content_hash")
    return [*protocols.order_by("pk"), *(row.objects.count() for row in ROWS)]


def emptying(published: Standing, flush: Empties) -> Empties:
    """Return what empties the tables, all but the protocol if nobody changed it."""

    def empty(case: TransactionTestCase) -> None:
        with guards.lifted(connection):
            if standing() == published:
                _empty_all_but_the_protocol()
            else:
                flush(case)

    return empty


def _empty_all_but_the_protocol() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _other_tables():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def _other_tables() -> Iterator[str]:
    kept = {model._meta.db_table for model in KEPT}
    every: list[type[models.Model]] = apps.get_models(include_auto_created=True)
    for model in every:
        if model._meta.managed and model._meta.db_table not in kept:
            yield model._meta.db_table
