"""A draft as it was read, with the walk that its patient is on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from screening.engine.amending import Amendment
from screening.engine.journey import Journey
from screening.models import Response
from screening.services import promises

# All is answered, and nothing was sent.
AT_THE_END = "check"


@dataclass(frozen=True)
class Opened:
    """A draft as it was read: good until somebody writes to it."""

    response: Response
    document: dict[str, Any]
    journey: Journey


def open_draft(response: Response, at: datetime) -> Opened:
    document = response.document
    return Opened(response, document, walk(response, document, at))


def stands_at(draft: Response) -> str:
    """Return the slug of the page that waits for answers. Raises vault.Unreadable."""
    page = open_draft(draft, draft.saved_at).journey.first_incomplete
    return page.slug if page else AT_THE_END


def walk(response: Response, document: Mapping[str, Any], at: datetime) -> Journey:
    """Return the journey of a response as it stands, ages counted at the clinic."""
    protocol, answers = response.protocol.engine, document["answers"]
    today = promises.local(at).date()
    if "settled" in document:
        return Amendment(protocol, answers, today, frozenset(document["settled"]))
    return Journey(protocol, answers, today)
