"""A patient who reads each page for some seconds before going on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from chaos.browser import Answer, Cut
from chaos.ledger import Ledger
from chaos.walker import Walker

THINKS, SEED = 5.0, 20261123


@dataclass
class Clock:
    """How many seconds each kind of request took, whoever asked."""

    pages: list[float] = field(default_factory=list)
    sends: list[float] = field(default_factory=list)
    bares: list[float] = field(default_factory=list)


class Patient(Walker):
    def __init__(self, number: int, port: int, ledger: Ledger, clock: Clock) -> None:
        super().__init__(number, port, ledger, SEED)
        self.clock = clock

    def run(self) -> None:
        self.stopping.wait(THINKS * self.chance.random())
        super().run()

    def _step(self, name: str, address: str, answers: dict[str, Any]) -> str:
        self._get(address)
        return super()._step(name, address, answers)

    def _post(self, path: str, fields: Mapping[str, Any]) -> str:
        self.stopping.wait(THINKS * self.chance.uniform(0.5, 1.5))
        return super()._post(path, fields)

    def _until(self, ask: Callable[[], Answer]) -> Answer:
        # Once told to stop nobody thinks any more: what follows would be a stampede.
        if self.stopping.is_set():
            raise Cut
        answer = super()._until(ask)
        kind = self.clock.sends if answer.location == "/sent/" else self.clock.pages
        kind.append(answer.seconds)
        return answer
