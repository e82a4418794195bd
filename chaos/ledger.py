"""What the server said it had done, as the patients noted it."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

Answers = dict[str, Any]


@dataclass
class Ledger:
    """Everything in it was acknowledged: whatever is not in the database is lost."""

    answers: dict[str, Answers] = field(default_factory=dict)
    begun: dict[str, str] = field(default_factory=dict)
    saved: Counter[tuple[str, str]] = field(default_factory=Counter)
    keys: dict[str, str] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    answered: int = 0
    cut: int = 0
    refused: int = 0
    helpless: int = 0
    slowest: float = 0.0
    strange: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note_begun(self, name: str, answers: Answers, session: str) -> None:
        with self.lock:
            self.answers[name] = answers
            self.begun[name] = session

    def note_saved(self, name: str, slug: str) -> None:
        with self.lock:
            self.saved[name, slug] += 1

    def note_key(self, name: str, key: str) -> None:
        with self.lock:
            self.keys[name] = key

    def note_sent(self, name: str) -> None:
        with self.lock:
            self.sent.add(name)

    def note_answered(self) -> None:
        with self.lock:
            self.answered += 1

    def note_refused(self, has_help: bool, seconds: float) -> None:
        """A 503: nothing was done, and the page must say where help is."""
        with self.lock:
            self.refused += 1
            self.helpless += not has_help
            self.slowest = max(self.slowest, seconds)

    def note_cut(self) -> None:
        with self.lock:
            self.cut += 1

    def note_strange(self, what: str) -> None:
        """An answer that no patient should get, whatever was killed meanwhile."""
        with self.lock:
            self.strange[what] += 1
