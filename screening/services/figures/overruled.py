"""What clinicians overrule, and where patients stop: numbers that name nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from screening.models import Counted
from screening.services.figures import daily
from screening.services.figures.counting import FEWEST, SPAN

# A rule that is overruled so often is one to look at again.
OFTEN, OUT_OF = 0.9, 50


@dataclass(frozen=True)
class Overruled:
    """How often a rule demanded something, and how often it was overruled."""

    code: str
    times: int
    demanded: int

    @property
    def for_revision(self) -> bool:
        return self.demanded >= OUT_OF and self.times > OFTEN * self.demanded

    @property
    def may_say_of_how_many(self) -> bool:
        """Neither those who overruled it nor those who did not are to be told apart."""
        others = self.demanded - self.times
        return self.times >= FEWEST and (others == 0 or others >= FEWEST)


def rules(at: datetime) -> list[Overruled]:
    """Return the rules that were overruled, the most frequent first."""
    demanded = daily.totals(Counted.DEMANDED, since=at - SPAN)
    overruled = daily.totals(Counted.OVERRULED, since=at - SPAN)
    return [Overruled(code, n, demanded.get(code, n)) for code, n in overruled.items()]


def disagreed(at: datetime) -> dict[str, int]:
    """Return the findings that were disagreed with, less what was withdrawn."""
    withdrawn = daily.totals(Counted.AGREED_AGAIN, since=at - SPAN)
    said = daily.totals(Counted.DISAGREED, since=at - SPAN)
    left = {code: n - withdrawn.get(code, 0) for code, n in said.items()}
    return _most({code: n for code, n in left.items() if n > 0})


def indications(at: datetime) -> tuple[dict[str, int], dict[str, int]]:
    """Return in how many decided cases each was met, and in how many unknown."""
    met = daily.totals(Counted.MET, since=at - SPAN)
    return met, daily.totals(Counted.UNKNOWN, since=at - SPAN)


def left_at(at: datetime) -> dict[str, int]:
    """Return at which pages drafts were left that nobody came back to."""
    return daily.totals(Counted.LEFT_AT, since=at - SPAN)


def _most(counts: dict[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
