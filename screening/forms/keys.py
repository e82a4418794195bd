"""What a lead may change of each kind of table, in the order in which it is read."""

from __future__ import annotations

from typing import Any

from screening.models.limits import longest

Table = dict[str, Any]
# A key of a table, what it is called, and by what kind of control it is written.
Key = tuple[str, str, str]

LINE, PROSE, LIST, NUMBER, DAY, DOSES, CHOICE, TICKS = (
    *("line", "prose", "list", "number", "day", "doses"),
    *("choice", "ticks"),
)
_NOTE: Key = ("note", "Note for authors", PROSE)
_CODE: Key = (
    "code",
    "Short name for lists and exports, made from the statement if left empty",
    LINE,
)
_SAFETY: tuple[Key, ...] = (
    ("tier", "If it is urgent: how soon a person must act", CHOICE),
    ("calls_doctor", "When the doctor decides before anything else", CHOICE),
    ("about", "If it speaks of a medicine: what it matters for", CHOICE),
)

# What ends with a star cannot be empty.
KEYS: dict[str, tuple[Key, ...]] = {
    "criterion": (
        ("statement*", "Statement, as the clinician reads it", PROSE),
        ("kind*", "What it is for", CHOICE),
        *_SAFETY,
        ("rationale", "Why it matters", PROSE),
        ("sources*", "Sources", TICKS),
        ("default", "Whose number it is, where it compares with a number", PROSE),
        ("evidence", "How strong the evidence is", PROSE),
        ("signed_by", "Who answers for it", LINE),
        ("review_by", "To be looked at again by, such as 2027-01-31", DAY),
        _NOTE,
    ),
    "medicine": (
        ("brands", "Brand names, one a line", LIST),
        ("classes*", "Kinds of medicine that it belongs to", TICKS),
        ("minimum_mg", "Smallest daily dose that counts as a trial, in mg", NUMBER),
        (
            "diazepam_10mg",
            "Dose that equals 10 mg of diazepam: one table a line",
            DOSES,
        ),
        _NOTE,
    ),
    "score": (
        ("title*", "Title", LINE),
        ("weeks", "Weeks that are long enough", NUMBER),
        ("sources", "Sources", TICKS),
        ("default", "Whose numbers they are", PROSE),
        _NOTE,
    ),
    "item": (("text*", "Question", PROSE), ("help", "Help below it", PROSE)),
    "wording": (("text*", "Question", PROSE), ("help", "Help below it", PROSE)),
    "page": (("title*", "Title", LINE), ("intro", "Sentences below it", PROSE)),
    "section": (("title*", "Title", LINE),),
    "instrument": (("stem", "Sentence above its questions", PROSE),),
    "indication": (("title*", "Title", LINE), _NOTE),
    "source": (
        ("title*", "Title", PROSE),
        ("kind*", "What kind of source it is", CHOICE),
        ("quote", "The very words it rests on", PROSE),
        _NOTE,
    ),
    "text": (("text*", "Words; the phone numbers are put below by themselves", PROSE),),
    "protocol": (
        ("version*", "Version", LINE),
        ("title*", "Title", LINE),
        _NOTE,
    ),
}
# What may be added and taken away here; all else comes with an imported file.
NAMES: dict[str, Key] = {
    "criterion": _CODE,
    "medicine": ("name*", "Name: the generic one, in small letters", LINE),
    "source": ("code*", "Short name, such as LABEL-2026", LINE),
}
LOCKED = ("wording", "instrument")
# What the document calls the tables that are called otherwise here.
_TABLES = {"wording": "item", "text": "words"}
# Nobody reads more than this in one box.
LONGEST = 4000


def keys_of(kind: str, *, safety: bool) -> tuple[Key, ...]:
    """Return the keys of a table; what only safety has is left out elsewhere."""
    keys = KEYS[kind]
    return keys if safety else tuple(key for key in keys if key not in _SAFETY)


def longest_of(kind: str, key: str) -> int:
    """Return how long a text may be: as its column can keep, on any database."""
    return longest(_TABLES.get(kind, kind), key) or LONGEST
