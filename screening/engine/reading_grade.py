"""The Flesch-Kincaid grade of a text: a fence against hard words, not a proof."""

from __future__ import annotations

import re
from collections.abc import Collection

WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
SENTENCE_END = re.compile(r"(?<=[.!?:;])[\"'”’)]*\s+|\n+")
VOWELS = re.compile(r"[aeiouy]+?(?=ing$)|[aeiouy]+")
SILENT = re.compile(
    r"(?<![^aeiouy]l)(?<=[^aeiouy])e$"  # made, whole; not table
    r"|(?<![^aeiouy]l)(?<=[^aeiouysxzcgh])es$"  # makes; not boxes, not tables
    r"|(?<=[^aeioutd])ed$"  # helped; not wanted
)


def sentences(text: str) -> list[str]:
    """Split at full stops, colons and line ends; parts without a word are dropped."""
    return [part for part in SENTENCE_END.split(text) if WORD.search(part)]


def words(text: str, without: Collection[str] = ()) -> list[str]:
    found = (word.lower() for word in WORD.findall(text))
    return [word for word in found if word not in without]


def syllables(word: str) -> int:
    return max(1, len(VOWELS.findall(SILENT.sub("", word.lower()))))


def grade(text: str, without: Collection[str] = ()) -> float:
    """Return the school grade at which the text can be read; 0 when nothing is left."""
    read = words(text, without)
    if not read:
        return 0.0
    length = len(read) / len(sentences(text))
    weight = sum(map(syllables, read)) / len(read)
    return 0.39 * length + 11.8 * weight - 15.59
