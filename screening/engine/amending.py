"""Ask only what is missing: what is put to a patient again, and the walk through it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from screening.engine.compiled import compiled
from screening.engine.evaluation import Result
from screening.engine.explanation import missing
from screening.engine.journey import Journey
from screening.engine.protocol import Item, Page, Protocol
from screening.engine.urgency import CALL_ME, SAFE_NOW

# Its questions come first, whatever else is asked.
SAFETY = "asq"


class Amendment(Journey):
    """A walk that leaves out what is settled, and begins with thoughts of suicide.

    All answers count, the settled ones too. A question that was closed before and is
    opened by a new answer was never settled, so it is asked.
    """

    def __init__(
        self,
        protocol: Protocol,
        answers: Mapping[str, object],
        as_of: date,
        settled: frozenset[str],
    ) -> None:
        self._settled = settled
        super().__init__(protocol, answers, as_of)

    def _asks(self, item: Item) -> bool:
        return super()._asks(item) and item.link_id not in self._settled

    @cached_property
    def _order(self) -> tuple[Page, ...]:
        first = safety_pages(self.protocol)
        return (*first, *(p for p in self.protocol.pages if p not in first))


def safety_pages(protocol: Protocol) -> tuple[Page, ...]:
    """Return the pages on thoughts of suicide."""
    return tuple(p for p in protocol.pages if any(map(_is_safety, p.items)))


def to_ask(result: Result, *, days_old: int) -> frozenset[str]:
    """Return what would settle the indications that are unknown; safety always.

    An instrument of which something is missing is asked whole when the other answers
    are older than the time it asks about: half old and half new measures nothing.
    """
    protocol = result.journey.protocol
    wanted = {link_id for found in missing(result).values() for link_id in found}
    if not wanted:
        return frozenset()
    wanted.update(i.link_id for p in safety_pages(protocol) for i in p.items)
    wanted.update(_whole_lists(protocol, wanted))
    wanted.update(_whole_instruments(protocol, wanted, days_old))
    return frozenset(name for name in wanted if not protocol.item[name].hidden)


def settled(journey: Journey, asked: frozenset[str]) -> frozenset[str]:
    """Return what was open to answer before and is not put again."""
    return frozenset(name for name in journey.open if name not in asked)


def kept(journey: Journey, asked: frozenset[str]) -> dict[str, object]:
    """Return the answers that go on counting; of a list that is asked, its rows.

    A wish to be called is of its own day: said again, it must be heard as new.
    """
    items = journey.protocol.item
    return {
        name: answer
        for name, answer in journey.answers.items()
        if name != CALL_ME and (name not in asked or items[name].type == "group")
    }


def _whole_lists(protocol: Protocol, wanted: set[str]) -> Iterator[str]:
    """A list and whether it is complete are asked together."""
    for pair in compiled(protocol).declared_complete.items():
        if not wanted.isdisjoint(pair):
            yield from pair


def _whole_instruments(
    protocol: Protocol, wanted: set[str], days_old: int
) -> Iterator[str]:
    for instrument in protocol.instruments:
        names = [
            item.link_id
            for item in protocol.item.values()
            if _of(item, instrument.code)
        ]
        if 0 < instrument.recall_days < days_old and not wanted.isdisjoint(names):
            yield from names


def _of(item: Item, instrument: str) -> bool:
    return item.instrument == instrument


def _is_safety(item: Item) -> bool:
    return _of(item, SAFETY) or item.link_id == SAFE_NOW
