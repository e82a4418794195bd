"""The journey: which pages are asked, in which order, and which answers count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from screening.engine.clauses import Test
from screening.engine.compiled import Ledger, compiled
from screening.engine.facts import NOT_ASKED, read_all
from screening.engine.protocol import Item, Page, Protocol
from screening.engine.truth import FALSE, TRUE, Truth


class Journey:
    """One walk through a protocol with the answers given; computed, never stored.

    A gate that is true opens an item, false closes it for certain, unknown closes it
    for now. An answer to a question that is not open opens nothing and counts nowhere.
    """

    def __init__(
        self, protocol: Protocol, answers: Mapping[str, object], as_of: date
    ) -> None:
        self.protocol = protocol
        self.as_of = as_of
        # A copy: the draft behind it may change while this journey is still read.
        self._given = dict(answers)
        self._rules = compiled(protocol)
        self.facts = Ledger(self._rules, as_of)
        self.open: dict[str, Item] = {}
        self.closed: set[str] = set()
        said, self.problems = read_all(protocol.item.values(), answers)
        passed: dict[Test | None, Truth] = {None: TRUE}
        for item in protocol.item.values():
            gate = self._rules.gates.get(item.link_id)
            # All that a gate speaks of lies behind us: it does not change its mind.
            if gate not in passed:
                passed[gate] = gate(self.facts)  # type: ignore[misc]
            self._step(item, passed[gate], said.get(item.link_id))

    def _step(self, item: Item, truth: Truth, fact: object) -> None:
        if truth is FALSE or (item.hidden and fact is None):
            self.facts[item.link_id] = NOT_ASKED
            self.closed.add(item.link_id)
        elif truth is TRUE:
            self.open[item.link_id] = item
            if fact is not None:
                self.facts[item.link_id] = fact  # type: ignore[assignment]

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The pages now open, in order."""
        return tuple(page for page in self._order if self.items(page))

    @property
    def _order(self) -> tuple[Page, ...]:
        return self.protocol.pages

    def _asks(self, item: Item) -> bool:
        return not item.hidden

    def items(self, page: Page) -> tuple[Item, ...]:
        """Return the questions now shown on a page."""
        return self._shown.get(page.slug, ())

    @cached_property
    def _shown(self) -> dict[str, tuple[Item, ...]]:
        shown: dict[str, list[Item]] = {}
        for link_id, item in self.open.items():
            if self._asks(item):
                shown.setdefault(self.protocol.page_of[link_id].slug, []).append(item)
        return {slug: tuple(items) for slug, items in shown.items()}

    @cached_property
    def answers(self) -> dict[str, object]:
        """The answers that count: to open questions, and of the right type."""
        return {
            link_id: self._given[link_id]
            for link_id in self.open
            if self.facts.get(link_id) is not None
        }

    def missing(self, page: Page) -> tuple[Item, ...]:
        """Return the required questions of a page that have no answer yet."""
        return tuple(
            item
            for item in self.items(page)
            if item.required and self.facts[item.link_id] is None
        )

    @cached_property
    def first_incomplete(self) -> Page | None:
        return next((page for page in self.pages if self.missing(page)), None)

    @property
    def is_complete(self) -> bool:
        return self.first_incomplete is None

    def may_visit(self, slug: str) -> bool:
        """Tell whether a page is open and everything before it is answered."""
        slugs = [page.slug for page in self.pages]
        if slug not in slugs:
            return False
        stop = self.first_incomplete
        return stop is None or slugs.index(slug) <= slugs.index(stop.slug)

    def next_page(self, slug: str) -> Page | None:
        """Return the open page after this one in the order of asking, if any."""
        slugs = [page.slug for page in self._order]
        later = set(slugs[slugs.index(slug) + 1 :])
        return next((page for page in self.pages if page.slug in later), None)

    def previous_page(self, slug: str) -> Page | None:
        """Return the open page before this one in the order of asking, if any."""
        slugs = [page.slug for page in self._order]
        earlier = set(slugs[: slugs.index(slug)])
        found = [page for page in self.pages if page.slug in earlier]
        return found[-1] if found else None

    def progress(self, slug: str) -> tuple[int, int]:
        """Return which part of about how many a page stands in.

        Sections closed for certain are left out; one that may still open is counted.
        """
        asked = (p for p in self._order if any(map(self._may_be_asked, p.items)))
        parts = list(dict.fromkeys(page.section for page in asked))
        section = self.protocol.page[slug].section
        return parts.index(section) + 1 if section in parts else 1, len(parts)

    def _may_be_asked(self, item: Item) -> bool:
        return self._asks(item) and item.link_id not in self.closed
