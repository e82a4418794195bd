"""People invented for the demo: profiles, and what makes each of them different."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "demo"
FREQUENCY = (
    "not-at-all",
    "several-days",
    "more-than-half-the-days",
    "nearly-every-day",
)
# Between one round of the same people, under other names, and the next.
HOURS_BETWEEN_ROUNDS = 31

Answers = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """`hours_ago` is when it was sent, or left at a page; all of it is invented."""

    name: str
    age: int
    answers: Answers
    hours_ago: float
    taken_back: Answers
    left_at: str
    taken_by: str
    closed: str
    reviews: tuple[Mapping[str, Any], ...]


def people(number: int, *, today: date) -> list[Person]:
    """Return so many people, the same ones each time and in the same order."""
    known = _told()
    return [
        _introduced(_renamed(known, place), place, today) for place in range(number)
    ]


def _renamed(known: tuple[Person, ...], place: int) -> Person:
    """Beyond the people there are, give them one another's last names."""
    rounds, index = divmod(place, len(known))
    person = known[index]
    if not rounds:
        return person
    first = person.name.partition(" ")[0]
    last = known[(index + rounds) % len(known)].name.rpartition(" ")[2]
    hours = person.hours_ago + rounds * HOURS_BETWEEN_ROUNDS
    return replace(person, name=f"{first} {last}", hours_ago=hours)


def _introduced(person: Person, place: int, today: date) -> Person:
    """Add what nobody shares; the birthday keeps a person's age true all year."""
    month = date(today.year - person.age, today.month, 1)
    own = {
        "full-name": person.name,
        "birth-date": (month - timedelta(days=20 + 7 * (place % 40))).isoformat(),
        "phone": f"555-01{place % 100:02}",
    }
    return replace(person, answers=own | person.answers)


@cache
def _told() -> tuple[Person, ...]:
    """Take one person from each file in turn, so that a few already show all kinds."""
    files = [_read(path)["person"] for path in sorted(FOLDER.glob("[0-9]*.toml"))]
    in_turn = chain.from_iterable(zip_longest(*files))
    return tuple(_person(table) for table in in_turn if table is not None)


def _person(table: Mapping[str, Any]) -> Person:
    return Person(
        name=table["name"],
        age=table["age"],
        answers=_answers(table),
        hours_ago=table["hours_ago"],
        taken_back=table.get("taken_back", {}),
        left_at=table.get("left_at", ""),
        taken_by=table.get("taken_by", ""),
        closed=table.get("closed", ""),
        reviews=tuple(table.get("review", ())),
    )


def _answers(table: Mapping[str, Any]) -> Answers:
    profiles = _read(FOLDER / "profiles.toml")
    answers: Answers = {"sex-at-birth": table["sex"]}
    for name in ("nothing-to-report", *table.get("based_on", ())):
        answers |= profiles[name]
    changes = table.get("answers", {})
    return answers | dict(_filled(table.get("fill", {}), answers | changes)) | changes


def _filled(totals: Mapping[str, int], stated: Answers) -> Iterator[tuple[str, str]]:
    """Spread totals evenly over items; item 9 of the PHQ-9 is stated, and counts."""
    if "phq9" in totals:
        rest = totals["phq9"] - FREQUENCY.index(stated["phq9-9"])
        yield from _spread("phq9", rest, 8)
    if "gad7" in totals:
        yield from _spread("gad7", totals["gad7"], 7)


def _spread(instrument: str, total: int, items: int) -> Iterator[tuple[str, str]]:
    each, more = divmod(total, items)
    for number in range(items):
        yield f"{instrument}-{number + 1}", FREQUENCY[each + (number < more)]


@cache
def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
