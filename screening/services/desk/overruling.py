"""A decision that is calmer than a red flag demands is signed only with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from screening.engine.protocol import Kind
from screening.models import (
    IN_THE_NOTE,
    OVERRULING,
    AlertEventKind,
    Decision,
    Response,
    SafetyAlert,
)
from screening.services.journey import following

# What an open alert, or a finding that a doctor must decide on first, leaves room for.
BESIDE_AN_ALERT = frozenset({Decision.URGENT_CONTACT, Decision.TAKEN_BACK})
BESIDE_A_STOP = BESIDE_AN_ALERT | {Decision.ASK_FOR_MORE, Decision.NOT_SUITABLE_NOW}


@dataclass(frozen=True)
class Demand:
    """A red flag that asks for something less calm than what was chosen."""

    kind: Kind
    code: str
    words: str


class Overrules(Exception):
    """Somebody has to say why; `demands` is what would be overruled."""

    def __init__(self, demands: list[Demand]) -> None:
        super().__init__(", ".join(demand.code for demand in demands))
        self.demands = demands


def demands(response: Response) -> list[Demand]:
    """Return the flags that still demand something. Raises vault.Unreadable."""
    found = {demand.code: demand for demand in _of_alerts(response)}
    stops = [flag for flag in _flags(response) if flag["kind"] == Kind.STOP.value]
    for flag in stops:
        found[flag["code"]] = Demand(Kind.STOP, flag["code"], flag["words"])
    return list(found.values())


def too_calm(demanded: list[Demand], decision: str) -> list[Demand]:
    """Return the flags that this decision is too calm for."""
    room = {Kind.URGENT: BESIDE_AN_ALERT, Kind.STOP: BESIDE_A_STOP}
    return [each for each in demanded if decision not in room[each.kind]]


def is_explained(reason: str, note: str) -> bool:
    """Tell whether a reason is one of ours, and in the note if it says so."""
    return reason in dict(OVERRULING) and (reason != IN_THE_NOTE or bool(note.strip()))


def _of_alerts(response: Response) -> Iterator[Demand]:
    rules = response.protocol.engine
    alerts = SafetyAlert.objects.open().filter(response=response)
    for alert in alerts.select_related("response").prefetch_related("events"):
        again = AlertEventKind.RAISED_AGAIN.value
        raised = [event.details for event in alert.events.all() if event.kind == again]
        for details in (alert.details, *raised):
            statements = following.statements_of(details, rules)
            for code, words in zip(details["criteria"], statements, strict=True):
                yield Demand(Kind.URGENT, code, words)


def _flags(response: Response) -> list[dict[str, str]]:
    flags: list[dict[str, str]] = (response.summary or {}).get("flags", [])
    return flags
