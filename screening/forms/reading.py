"""Turn typed text into values, whatever was typed; nothing here raises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

Answer = Any  # one JSON value of the public answer format

# Control characters and lone surrogates can be neither stored nor shown again.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_WHOLE = re.compile(r"-?\d{1,9}")
_DECIMAL = re.compile(r"-?(\d{1,6}(\.\d{1,4})?|\.\d{1,4})")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(\D|$))")
_MONTHS = [
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one field was found to say; a problem does not undo what could be read."""

    answer: Answer | None = None
    problem: str = ""
    part: str = ""
    blank: bool = False


class Typed(NamedTuple):
    """What was written in a box, and what was ticked beside it."""

    text: str = ""
    ticked: tuple[str, ...] = ()


class TypedDate(NamedTuple):
    """A date as it was written in three boxes, and what was ticked beside them."""

    month: str = ""
    day: str = ""
    year: str = ""
    ticked: tuple[str, ...] = ()


def clean_text(text: object) -> str:
    """Return text that can be stored and shown, with plain line ends."""
    lines = str(text).replace("\r\n", "\n").replace("\r", "\n")
    return _UNSHOWABLE.sub("", lines).strip()


def whole_number(text: str) -> int | None:
    """Read a whole number, in the digits of any script."""
    bare = _THOUSANDS.sub("", text)
    return int(bare) if _WHOLE.fullmatch(bare) else None


def decimal_number(text: str, unit: str = "") -> int | float | None:
    """Read a number written out; the unit may stand after it."""
    bare = _THOUSANDS.sub("", text)
    if unit.startswith("mg"):
        bare = re.sub(r"\s*(mg|milligrams?)\.?$", "", bare, flags=re.IGNORECASE)
    if not _DECIMAL.fullmatch(bare):
        return None
    value = float(bare)
    return int(value) if value.is_integer() else value


def month_number(text: str) -> int | None:
    """Read a month by its number or its name."""
    if text[:3].casefold() in _MONTHS and text.isalpha():
        return _MONTHS.index(text[:3].casefold()) + 1
    number = whole_number(text)
    return number if number is not None and 1 <= number <= 12 else None


def calendar_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None
