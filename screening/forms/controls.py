"""One control for each shape that a key of a table may have, and what it reads."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from screening.forms.keys import (
    CHOICE,
    DAY,
    DOSES,
    LINE,
    LIST,
    LONGEST,
    NUMBER,
    TICKS,
)
from screening.forms.offers import Choice

LARGEST_DOSE = 1e6
NO_NUMBER = "Write a number, such as 2 or 0.5."
TOO_LONG = "write %(limit_value)d characters at most. You wrote %(show_value)d."


def field(
    label: str,
    shape: str,
    *,
    required: bool,
    choices: tuple[Choice, ...] = (),
    most: int = LONGEST,
) -> forms.Field:
    if shape == CHOICE and required:
        choices = (("", "Choose"), *choices)
    kind, own = _control(shape, choices, most)
    said = _messages(label.split(",")[0], shape)
    return kind(label=label, required=required, error_messages=said, **own)


def _control(
    shape: str, choices: tuple[Choice, ...], most: int
) -> tuple[type[forms.Field], dict[str, Any]]:
    """Return the kind of field, and what is its own beside label and messages."""
    line, lines = forms.TextInput, forms.Textarea({"rows": 3})
    if shape == CHOICE:
        return forms.ChoiceField, {"choices": choices}
    if shape == TICKS:
        ticks = {"choices": choices, "widget": forms.CheckboxSelectMultiple}
        return forms.MultipleChoiceField, ticks
    if shape == NUMBER:
        return forms.FloatField, {"min_value": 0, "widget": line}
    if shape == DAY:
        return forms.CharField, {"validators": [_check_day], "widget": line}
    if shape == DOSES:
        return forms.CharField, {"validators": [_check_doses], "widget": lines}
    widget = line if shape == LINE else lines
    return forms.CharField, {"max_length": most, "widget": widget}


def _messages(name: str, shape: str) -> dict[str, str]:
    said = {
        "required": f"{name}: this cannot be empty.",
        "max_length": f"{name}: {TOO_LONG}",
    }
    if shape == NUMBER:
        said["invalid"] = "Write a number, such as 2 or 0.5."
    return said


def written(value: Any, shape: str) -> Any:
    """Return what the control shows for a value of the table."""
    if shape == TICKS:
        return value or []
    if value is None:
        return ""
    if shape == LIST:
        return "\n".join(value)
    if shape == DOSES:
        return "\n".join(f"{table} {dose:g}" for table, dose in value.items())
    return f"{value:g}" if shape == NUMBER else value


def read(typed: Any, shape: str) -> Any:
    """Return the value of the table that was typed."""
    if shape == LIST:
        return [line.strip() for line in typed.splitlines() if line.strip()]
    return _doses(typed) if shape == DOSES else typed


def _doses(typed: str) -> dict[str, float]:
    pairs = (line.rsplit(maxsplit=1) for line in typed.splitlines() if line.strip())
    return {table: float(dose) for table, dose in pairs}


def _check_doses(typed: str) -> None:
    message = "Write a table and a number on each line, such as: ashton 0.5"
    try:
        doses = _doses(typed)
    except ValueError as error:
        raise forms.ValidationError(message) from error
    if not all(0 <= dose < LARGEST_DOSE for dose in doses.values()):
        raise forms.ValidationError(message)


def _check_day(typed: str) -> None:
    try:
        is_day = date.fromisoformat(typed).isoformat() == typed
    except ValueError:
        is_day = False
    if not is_day:
        raise forms.ValidationError("Write a day such as 2027-01-31.")
