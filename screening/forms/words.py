"""What a form says when an answer is missing or cannot be read, in plain words."""

from __future__ import annotations

from screening.engine.protocol import DECLINED, NOT_APPLICABLE, NOT_KNOWN, Item
from screening.engine.words import ABSENT_WORDS

SOME_NOT_KNOWN = "I do not know about some of these"

NOT_IN_LIST = "Choose one of the answers on this page."
NONE_AND_MORE = "You ticked “{none}” and something else. Choose one or the other."
WRITTEN_AND_TICKED = (
    "You wrote an answer and ticked “{ticked}”. Choose one or the other."
)
TOO_LONG = "Use {most:,} letters or fewer. You have {length:,}."
WHOLE_NUMBER = "Write a whole number, such as 4."
WHOLE_NUMBER_BETWEEN = "Write a whole number from {low:,g} to {high:,g}."
NUMBER = "Write a number, such as 20 or 2.5."
NUMBER_BETWEEN = "Write a number from {low:,g} to {high:,g}."
PHONE = "Write a phone number with its area code, such as 555 010 0142."
EMAIL = "Write an email address, such as name@example.com."
MONTH = "Write the month as a number from 1 to 12."
DAY = "Write a day that this month has, such as 27."
YEAR = "Write the year with 4 numbers, such as 1984."
NOT_YET = "This date has not come yet. Look at the year."
PART_MISSING = "Write the {part} too."
ADD_ONE = "Add at least one, or go back and change your answer."
TOO_MANY = "You can list up to {most} here. Tell us about the rest when we talk."
LIST_CHANGED = "Your list has changed. Look at it here, then try again."
FINISH_ROW = "Tell us a little more about “{name}”, or remove it."

_ASKS = {
    "multi-choice": "Tick at least one box",
    "integer": "Write a number",
    "decimal": "Write a number",
    "text": "Write an answer",
    "lookup": "Write a name",
    "date": "Write the date",
}
_ASKS_ABOUT = {
    "name": "Write your name",
    "tel": "Write a phone number",
    "email": "Write an email address",
    "bday": "Write your date of birth",
}


def ways_out(item: Item) -> list[tuple[str, str]]:
    """Return the answers that stand after "or": code and words."""
    out = []
    if item.not_applicable:
        out.append((NOT_APPLICABLE, item.not_applicable))
    if item.can_be_unknown:
        out.append((NOT_KNOWN, _not_known(item)))
    if item.can_decline:
        out.append((DECLINED, ABSENT_WORDS[DECLINED]))
    return out


def missing(item: Item, *, choose: bool) -> str:
    """Return what to do about a question that was left empty."""
    ask = _ASKS_ABOUT.get(item.autocomplete) or _ASKS.get(item.type)
    if choose and item.type != "multi-choice":
        ask = "Choose an answer"
    out = " or ".join(f"“{words}”" for _, words in ways_out(item))
    return f"{ask}, or choose {out}." if out else f"{ask}."


def _not_known(item: Item) -> str:
    beside_ticks = item.type == "multi-choice" and not item.unknown_is_exclusive
    return SOME_NOT_KNOWN if beside_ticks else ABSENT_WORDS[NOT_KNOWN]
