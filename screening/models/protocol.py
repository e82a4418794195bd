"""One version of what is asked and how it is judged: immutable once published."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Q

from screening.engine.document import build, content_hash
from screening.engine.protocol import Protocol as EngineProtocol
from screening.models.columns import line, moment, note, staff
from screening.models.constraints import choices, one_of
from screening.models.content import OfContent
from screening.models.documents import erase_document, read_document, write_document


class ProtocolStatus(StrEnum):
    """FHIR's words for the life of a published definition."""

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class ProtocolAltered(Exception):
    """The rows of a published protocol are not those that were signed."""


_ENGINES: dict[str, EngineProtocol] = {}
_of_draft = OfContent(build)


class ProtocolQuerySet(models.QuerySet["Protocol"]):
    def current(self) -> Protocol:
        """Return the protocol that intake asks now. Raises Protocol.DoesNotExist."""
        return self.get(status=ProtocolStatus.ACTIVE)


class Protocol(models.Model):
    url = models.CharField(max_length=200, help_text="The same for every version.")
    version = models.CharField(max_length=40)
    title = line()
    note = note()
    status = models.CharField(
        max_length=10,
        choices=choices(ProtocolStatus),
        default=ProtocolStatus.DRAFT.value,
    )
    content_hash = models.CharField(
        max_length=64, blank=True, help_text="The SHA-256 of all that it says."
    )
    published_at = moment()
    published_by = staff(
        "published_protocols", "Empty when it was published from the command line."
    )

    objects = ProtocolQuerySet.as_manager()

    class Meta:
        ordering = (
            "url",
            "-published_at",
        )
        constraints = (
            one_of("status", ProtocolStatus, name="protocol_status_is_known"),
            models.UniqueConstraint(
                fields=["url", "version"], name="protocol_version_is_unique"
            ),
            models.UniqueConstraint(
                fields=["status"],
                condition=Q(status=ProtocolStatus.ACTIVE.value),
                name="at_most_one_protocol_is_active",
            ),
            models.CheckConstraint(
                condition=Q(status=ProtocolStatus.DRAFT.value)
                | Q(published_at__isnull=False) & ~Q(content_hash=""),
                name="published_protocol_is_signed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    def document(self) -> dict[str, Any]:
        return read_document(self)

    def write(self, document: dict[str, Any]) -> None:
        write_document(self, document)

    def erase(self) -> None:
        erase_document(self)

    @property
    def engine(self) -> EngineProtocol:
        """The protocol as frozen values, built once a process; of drafts, the last.

        Raises ProtocolAltered when its rows do not give the hash it was signed with.
        """
        if self.status == ProtocolStatus.DRAFT:
            return _of_draft(self)
        if self.content_hash not in _ENGINES:
            _ENGINES[self.content_hash] = self._built()
        return _ENGINES[self.content_hash]

    def _built(self) -> EngineProtocol:
        document = self.document()
        if content_hash(document) != self.content_hash:
            raise ProtocolAltered(f"{self} does not say what was published.")
        return build(document)
