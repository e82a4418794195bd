"""What a static check reports: where, which kind of mistake, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mistake:
    """`place` names the section, page, item, score or criterion; `code` the kind.

    `why` shows what a claim about all answers rests on, a sentence each.
    """

    place: str
    code: str
    message: str
    why: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"
