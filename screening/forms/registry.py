"""Which field asks which type of item; a new type is one entry here."""

from __future__ import annotations

from collections.abc import Callable

from screening.engine.protocol import Item
from screening.forms.dates import DateField
from screening.forms.fields import (
    AnswerField,
    ChoiceField,
    ManyField,
    NumberChoiceField,
    YesNoField,
)
from screening.forms.typed import (
    DecimalField,
    EmailField,
    IntegerField,
    LookupField,
    PhoneField,
    TextField,
)

FIELDS: dict[str, Callable[..., AnswerField]] = {
    "boolean": YesNoField,
    "choice": ChoiceField,
    "multi-choice": ManyField,
    "integer": IntegerField,
    "zero-to-ten": NumberChoiceField,
    "decimal": DecimalField,
    "text": TextField,
    "tel": PhoneField,
    "email": EmailField,
    "lookup": LookupField,
    "date": DateField,
}


def field_for(item: Item, *, in_row: bool = False) -> AnswerField:
    return FIELDS[kind_of(item)](item, in_row=in_row)


def kind_of(item: Item) -> str:
    """Return the item's type, told apart where people answer it in another way."""
    if item.type == "integer" and (item.minimum or 0, item.maximum) == (0, 10):
        return "zero-to-ten"
    if item.type == "text" and item.autocomplete in ("tel", "email"):
        return item.autocomplete
    return item.type
