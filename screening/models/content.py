"""What follows from a draft's content alone: worked out once, not at every request."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from screening.engine.document import content_hash

if TYPE_CHECKING:
    from screening.models.protocol import Protocol

Found = TypeVar("Found")


class OfContent(Generic[Found]):
    """Work on a draft's document; what the last one led to is kept by its hash."""

    def __init__(self, work: Callable[[dict[str, Any]], Found]) -> None:
        self.work = work
        self.kept: tuple[str, Found] | None = None

    def __call__(self, draft: Protocol) -> Found:
        kept = self.kept
        if kept and kept[0] == draft.content_hash:
            return kept[1]
        document = draft.document()
        found = self.work(document)
        # Somebody may have saved the draft between its row and the document's rows.
        if content_hash(document) == draft.content_hash:
            self.kept = draft.content_hash, found
        return found
