"""One line a figure, for people and for scripts."""

from __future__ import annotations

import operator

GOALS = {">=": operator.ge, "<=": operator.le, "=": operator.eq}


def line(name: str, value: float, goal: str) -> tuple[str, bool]:
    """Return the line, and whether the goal is met: an operator and a number."""
    sign = next(sign for sign in GOALS if goal.startswith(sign))
    met = bool(GOALS[sign](value, float(goal.removeprefix(sign))))
    verdict = "ok" if met else "short"
    return f"FIGURE name={name} value={value:g} goal={goal} {verdict}", met


class Figures:
    """Prints each figure when it is known, and remembers whether all were met."""

    def __init__(self) -> None:
        self.all_met = True

    def say(self, name: str, value: float, goal: str) -> None:
        text, met = line(name, value, goal)
        self.all_met &= met
        print(text, flush=True)
