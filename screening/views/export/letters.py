"""Letters that paper can draw, and words for those that it cannot: none goes unsaid.

What runs from right to left is not drawn although the font has it: unjoined and in the
wrong order it would look like words, and be none.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Container

FROM_THE_RIGHT = frozenset({"R", "AL"})
CALLED = {
    "Cjk": "Chinese or Japanese",
    "Hiragana": "Japanese",
    "Katakana": "Japanese",
    "Hangul": "Korean",
}
# Drawn, a letter, a picture, what clings to either, a space, and what has no name.
DRAWN, LETTER, PICTURE, CLINGS, SPACE, NAMELESS = ".xem c"
_RUN = re.compile(
    f"{LETTER}(?:[{LETTER}{CLINGS}{SPACE}]*[{LETTER}{CLINGS}])?"
    f"|{PICTURE}[{PICTURE}{CLINGS}]*|[{NAMELESS}{CLINGS}]"
)


def spelled(text: str, font: Container[int], left_out: Counter[str]) -> str:
    """Return the text as it can be drawn; count what cannot be by its writing."""
    text = unicodedata.normalize("NFC", text)
    kinds = "".join(_kind(character, font) for character in text)
    pieces, end = [], 0
    for run in _RUN.finditer(kinds):
        pieces.append(text[end : run.start()])
        end = run.end()
        pieces.append(_told(text[run.start() : end], run[0], font, left_out))
    return "".join([*pieces, text[end:]])


def in_words(counts: Counter[str]) -> str:
    """Return `12 Arabic letters, 1 Hebrew letter`."""
    return ", ".join(
        f"{count} {writing} letter{'' if count == 1 else 's'}"
        for writing, count in sorted(counts.items())
    )


def _kind(character: str, font: Container[int]) -> str:
    category = unicodedata.category(character)
    if character == " ":
        return SPACE
    if category[0] == "M" or category == "Cf":
        return CLINGS
    turned = unicodedata.bidirectional(character) in FROM_THE_RIGHT
    if ord(character) in font and not turned:
        return DRAWN
    if not unicodedata.name(character, ""):
        return NAMELESS
    return PICTURE if category[0] == "S" else LETTER


def _told(run: str, kinds: str, font: Container[int], left_out: Counter[str]) -> str:
    if kinds[0] == LETTER:
        of = zip(run, kinds, strict=True)
        counts = Counter(_writing(each) for each, kind in of if kind == LETTER)
        left_out.update(counts)
        return f"[{in_words(counts)}, not printed]"
    if kinds[0] == PICTURE:
        of = zip(run, kinds, strict=True)
        names = (unicodedata.name(each) for each, kind in of if kind == PICTURE)
        return f"[{', '.join(names).lower()}]"
    if unicodedata.category(run)[0] == "M" and ord(run) in font:
        return run
    return f"[U+{ord(run):04X}]"


def _writing(letter: str) -> str:
    first = unicodedata.name(letter).split()[0].capitalize()
    return CALLED.get(first, first)
