"""What all rows of a protocol share: the protocol, their place, and their table."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ProtocolRow(models.Model):
    """One table of the protocol's document, as a row.

    `document_table` names the table in `screening.engine.schema`. Its plain keys are
    the columns of the same name; its lists of tables are rows that point back here.
    The protocol is named on every row, so that one trigger can guard each table and
    one query can read it.
    """

    document_table: ClassVar[str]

    protocol = models.ForeignKey("screening.Protocol", on_delete=models.CASCADE)
    position = models.PositiveIntegerField(help_text="Its place among its neighbours.")

    class Meta:
        abstract = True
