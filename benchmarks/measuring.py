"""Figures: what is compared is measured in turn, and compared by medians."""

from __future__ import annotations

import operator
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Work = Callable[[], object]
Measure = Callable[[list[str]], Iterator["Figure"]]

_HOLDS = {">=": operator.ge, "<=": operator.le}


@dataclass(frozen=True)
class Figure:
    """A number with the goal that it has to reach."""

    name: str
    value: float
    goal: str
    bound: float

    @property
    def is_reached(self) -> bool:
        return bool(_HOLDS[self.goal](self.value, self.bound))

    def __str__(self) -> str:
        word = "ok" if self.is_reached else "short"
        goal = f"{self.goal}{self.bound:g}"
        return f"FIGURE name={self.name} value={self.value:.3g} goal={goal} {word}"


def in_turn(works: Mapping[str, Work], *, rounds: int) -> dict[str, float]:
    """Return the median seconds of each, all of them done once in every round.

    One after the other, so that what slows the machine down slows them all.
    """
    taken: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(rounds):
        for name, work in works.items():
            start = perf_counter()
            work()
            taken[name].append(perf_counter() - start)
    return {name: median(times) for name, times in taken.items()}


def report(names: Sequence[str], measure: Measure) -> int:
    """Print the figures that ONLY asks for; return 1 when one is short."""
    only = os.environ.get("ONLY", "")
    wanted = [name for name in names if name.startswith(only)]
    short = 0
    for figure in measure(wanted) if wanted else ():
        print(figure, flush=True)
        short += not figure.is_reached
    return 1 if short else 0
