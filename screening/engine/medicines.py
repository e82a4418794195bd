"""Medicine names read against the clinic's table: exactly, or not at all."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from screening.engine.protocol import NOT_KNOWN, Medicine

NOT_IN_TABLE = "not-in-table"

# A strength or a release form after the name says nothing about which drug it is.
_LAST_WORD = re.compile(
    r"\s(\d[\d.]*|mg|mcg|μg|g|ml|xr|er|sr|xl|cr|la|dr|ir|odt|hcl|hydrochloride"
    r"|tablets?|pills?|capsules?|twice|once|a|day|daily|per)$"
)
_DROPPED = str.maketrans("", "", "'’®™")
_CLOSE = 0.8
# No name is longer. What is longer is not read at all: its end may name another drug.
_LONGEST = 200


class State(StrEnum):
    KNOWN = "known"
    NEAR = "near"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a typed name was read; a near match is a question, never an answer."""

    typed: str
    state: State
    medicine: Medicine | None = None
    matched: str = ""


class Formulary:
    """The medicine table, looked up by generic name or brand."""

    def __init__(self, medicines: Iterable[Medicine]) -> None:
        self._known: dict[str, tuple[Medicine, str]] = {}
        for medicine in medicines:
            for name in (medicine.name, *medicine.brands):
                self._known.setdefault(normal(name), (medicine, name))
        self.read = lru_cache(maxsize=4096)(self._read)

    def _read(self, typed: str) -> Reading:
        if len(typed) > _LONGEST:
            return Reading(typed, State.UNKNOWN)
        names = list(shortened(normal(typed)))
        # "Tylenol 3" is not Tylenol, nor is "Tylenol 3 tablets": the longest name wins.
        for name in names:
            if name in self._known:
                return Reading(typed, State.KNOWN, *self._known[name])
        close = difflib.get_close_matches(
            names[-1][:60], self._known, n=1, cutoff=_CLOSE
        )
        if close:
            return Reading(typed, State.NEAR, *self._known[close[0]])
        return Reading(typed, State.UNKNOWN)

    def classes(self, names: Iterable[str | None], *, complete: bool) -> frozenset[str]:
        """Return every class listed, and what keeps the other classes undecided.

        A name not in the table, a near match, or a list not declared complete may
        hide a drug of any class: the set then holds `asked-unknown` as well.
        """
        found: set[str] = set() if complete else {NOT_KNOWN}
        for typed in names:
            reading = self.read(typed or "")
            if reading.medicine:
                found.update(reading.medicine.classes)
            if reading.state is not State.KNOWN:
                found.update((NOT_IN_TABLE, NOT_KNOWN))
        return frozenset(found)


@lru_cache(maxsize=4096)
def normal(name: str) -> str:
    """Return the name as compared: no case, accents or punctuation.

    Letters of other scripts stay: without them "Zoloft 锂" would read as Zoloft alone.
    """
    wide = unicodedata.normalize("NFKD", name.translate(_DROPPED)).casefold()
    bare = "".join(letter for letter in wide if not unicodedata.combining(letter))
    spaced = re.sub(r"[^\w.]+|_|(?<!\d)\.|\.(?!\d)", " ", bare)
    split = re.sub(r"(?<=[^\W\d])(?=\d)|(?<=\d)(?=[^\W\d])", " ", spaced)
    return " ".join(split.split())


def shortened(name: str) -> Iterator[str]:
    """Yield a normal name, then the same without each word of strength at its end."""
    yield name
    while (shorter := _LAST_WORD.sub("", name)) != name:
        yield (name := shorter)
