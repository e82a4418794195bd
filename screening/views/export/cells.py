"""Cells of a list that is opened in a spreadsheet: none of them is ever a formula."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

# What makes a spreadsheet reckon; full-width signs are folded into these first.
STARTS = ("=", "+", "-", "@", "\N{MINUS SIGN}")
# So that a spreadsheet reads the file as the UTF-8 that it is.
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def cell(value: object) -> str:
    """Return a text that no spreadsheet takes for a formula; a quote disarms it.

    Lists are joined first: it is what stands in the cell that counts.
    """
    joined = isinstance(value, list | tuple)
    text = "; ".join(map(str, value)) if joined else str(value)  # type: ignore[call-overload]
    return f"'{text}" if _reckons(text) else text


def _reckons(text: str) -> bool:
    for character in text:
        category = unicodedata.category(character)
        if category == "Cc":
            return True
        if category in ("Zs", "Zl", "Zp", "Cf"):
            continue
        return unicodedata.normalize("NFKC", character).startswith(STARTS)
    return False


class _Echo:
    def write(self, line: str) -> str:
        return line


def lines(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield a list line by line, each cell quoted, so that it is never held whole."""
    writer: Any = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    yield MARK + writer.writerow([cell(each) for each in head])
    for row in rows:
        yield writer.writerow([cell(each) for each in row])
