"""A server that took the question and then says nothing is waited for no longer."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError
from psycopg.pq import TransactionStatus

from clinic.databases import CONNECTING_WAIT, STATEMENTS_WAIT

# Seconds. A server that still speaks has ended a long statement before that.
SILENCE = STATEMENTS_WAIT + 0.5


class DatabaseWrapper(base.DatabaseWrapper):
    """No limit of the server's own holds once the server, or what is before it, hangs.

    Nor does one of the network: the line is whole, and every byte is acknowledged.
    """

    silence = SILENCE

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.wait = partial(self._answer, connection, connection.wait)
        return connection

    def is_usable(self) -> bool:
        """A line that rested is tried with a word that takes no time to answer."""
        self.silence = min(SILENCE, CONNECTING_WAIT)
        try:
            return super().is_usable()
        finally:
            del self.silence

    def _answer(self, connection: Any, wait: Any, steps: Any, *rest: Any) -> Any:
        try:
            return wait(steps, *rest, timeout=self.silence)
        except OperationalError:
            if connection.info.transaction_status == TransactionStatus.ACTIVE:
                # An answer that comes now would be taken for that to the next question.
                connection.pgconn.finish()
            raise
