"""What the controls of a table offer to choose from: never what cannot be."""

from __future__ import annotations

from collections.abc import Callable

from screening.engine.protocol import Protocol

Choice = tuple[str, str]

_JUDGING = (
    ("inclusion", "Inclusion: it must hold"),
    ("exclusion", "Exclusion: it must not hold"),
    ("note", "Note: only to know"),
)
_APART = (
    ("urgent", "Urgent: a person acts"),
    ("stop", "Stop: the doctor decides first"),
    ("postpone", "Postpone: perhaps not now"),
    ("caution", "Caution: to look at"),
    ("note", "Note: only to know"),
)
_TIERS = (
    ("", "It is not urgent"),
    ("c", "c: now"),
    ("b", "b: within the hour"),
    ("a", "a: today"),
)
_CALLS = (
    ("", "Never"),
    ("met", "When it holds"),
    ("met-or-unknown", "When it holds, or nobody can tell"),
)
_ABOUT = (
    ("", "It speaks of no medicine"),
    ("safety", "Safety"),
    ("efficacy", "Whether treatment works"),
)
_SOURCES = (
    ("document", "The clinic's own page, quoted"),
    ("safety", "Safety"),
    ("publication", "Publication"),
    ("clinic-default", "The clinic's own choice"),
)


def offered(
    kind: str, key: str, rules: Protocol, *, safety: bool
) -> tuple[Choice, ...]:
    """Return what the key of such a table may say, and each in words."""
    if kind == "source":
        return _SOURCES
    if key == "kind":
        return _APART if safety else _JUDGING
    return _OFFERS[key](rules)


def _sources(rules: Protocol) -> tuple[Choice, ...]:
    return tuple(
        (each.code, f"{each.code}: {each.title}") for each in rules.source_list
    )


def _classes(rules: Protocol) -> tuple[Choice, ...]:
    known = {each for medicine in rules.medicine_list for each in medicine.classes}
    return tuple((each, each.replace("-", " ")) for each in sorted(known))


_OFFERS: dict[str, Callable[[Protocol], tuple[Choice, ...]]] = {
    "tier": lambda rules: _TIERS,
    "calls_doctor": lambda rules: _CALLS,
    "about": lambda rules: _ABOUT,
    "sources": _sources,
    "classes": _classes,
}
