"""A server that took the question and then says nothing is waited for no longer."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError
from psycopg.pq import TransactionStatus

from clinic.databases import CONNECTING_WAIT


class DatabaseWrapper(base.DatabaseWrapper):
    """No limit of the server's own holds once the server, or what is before it, hangs.

    Nor does one of the network: the line is whole, and every byte is acknowledged. How
    many seconds of silence are borne, SILENCE among the database's settings says; where
    it says nothing, as for most commands, there is no end to it.
    """

    trial: float | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.wait = partial(self._answer, connection, connection.wait)
        return connection

    def is_usable(self) -> bool:
        """A line that rested is tried with a word that takes no time to answer."""
        self.trial = CONNECTING_WAIT
        try:
            return super().is_usable()
        finally:
            self.trial = None

    def _answer(self, connection: Any, wait: Any, steps: Any, *rest: Any) -> Any:
        borne = filter(None, (self.trial, self.settings_dict.get("SILENCE")))
        try:
            return wait(steps, *rest, timeout=min(borne, default=None))
        except OperationalError:
            if connection.info.transaction_status == TransactionStatus.ACTIVE:
                # An answer that comes now would be taken for that to the next question.
                connection.pgconn.finish()
            raise
