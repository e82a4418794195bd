"""The words of the help pages: as they ship, and what a clinic may make of them.

Numbers are never among them: they come from the clinic's settings, and the pages put
them below whatever is said here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from screening.engine import plain_words
from screening.engine.reading_grade import grade, sentences, words

# Each with where it stands, for whoever changes it.
SHIPPED: dict[str, tuple[str, str]] = {
    "help-first": (
        "Help, the first line",
        "You do not have to face this alone.",
    ),
    "help-talk": (
        "Help, above the numbers to call",
        "They listen. It is free, and open day and night.",
    ),
    "help-danger": (
        "Help, above the emergency number",
        "Have you hurt yourself? Might you act on these thoughts?",
    ),
    "help-near": (
        "Help, about somebody near",
        "You can call a friend or a person you trust. Ask them to stay with you.",
    ),
    "help-clinic": (
        "Help, above the clinic's phone",
        "We do not read answers all day and night. Please do not wait for us.",
    ),
    "crisis-title": (
        "After a red answer, the title",
        "Thank you for telling us",
    ),
    "crisis-soon": (
        "After a red answer that is pressing",
        "Please talk to someone today.",
    ),
    "crisis-now": (
        "After a red answer that cannot wait",
        "Please get help right now.",
    ),
    "crisis-near": (
        "After a red answer, about somebody near",
        "You can call a friend, or ask us to call you.",
    ),
    "crisis-then": (
        "After a red answer, what we do with it",
        "A nurse or doctor will read it with your other answers. You can still go on.",
    ),
}
GRADE, SENTENCE, LONGEST = 5, 20, 240
# A few words have no grade worth the name.
ENOUGH = 10
_DIGIT = re.compile(r"\d")


def help_words(own: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the words by code: the clinic's own where it has them."""
    shipped = {code.replace("-", "_"): text for code, (_, text) in SHIPPED.items()}
    return shipped | {code.replace("-", "_"): text for code, text in own}


def problems(text: str) -> Iterator[str]:
    """Say why these words may not stand on a help page."""
    if not words(text):
        yield "words for somebody in need are never empty"
        return
    if len(text) > LONGEST:
        yield f"it has more than {LONGEST} characters: somebody in need reads little"
    if _DIGIT.search(text):
        yield "numbers come from the clinic's settings, and are shown below it"
    if found := plain_words.refused(text):
        yield f"it says {', '.join(found)}, which patients never read here"
    if any(len(words(sentence)) > SENTENCE for sentence in sentences(text)):
        yield f"a sentence has more than {SENTENCE} words"
    if len(words(text)) >= ENOUGH and (hard := grade(text)) > GRADE:
        yield f"it reads at grade {hard:.0f}, and may read at grade {GRADE} at most"
