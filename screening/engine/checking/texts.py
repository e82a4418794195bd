"""Words of the help pages: known places, plain words, and no numbers in them."""

from __future__ import annotations

from collections.abc import Iterator

from screening.engine.checking.mistake import Mistake
from screening.engine.help_words import SHIPPED, problems
from screening.engine.protocol import Protocol


def check_texts(protocol: Protocol) -> Iterator[Mistake]:
    seen = set()
    for code, text in protocol.texts:
        if code not in SHIPPED:
            yield Mistake(code, "dangling", "no words of a help page are called that")
        if code in seen:
            yield Mistake(code, "twice", f"the words {code} are there twice")
        seen.add(code)
        for problem in problems(text):
            yield Mistake(code, "words", problem)
