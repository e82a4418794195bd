"""What a lead may change of one table, each key by a control that fits its kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms

Table = dict[str, Any]

LINE, PROSE, LIST, NUMBER, DAY, DOSES = (
    "line",
    "prose",
    "list",
    "number",
    "day",
    "doses",
)
# Keys in the order in which they are read; what ends with a star cannot be empty.
KEYS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "criterion": (
        ("statement*", "Statement, as the clinician reads it", PROSE),
        ("rationale", "Why it matters", PROSE),
        ("sources*", "Sources, one code a line", LIST),
        ("default", "Whose number it is", PROSE),
        ("evidence", "How strong the evidence is", PROSE),
        ("signed_by", "Who answers for it", LINE),
        ("review_by", "To be looked at again by, such as 2027-01-31", DAY),
        ("note", "Note for authors", PROSE),
    ),
    "medicine": (
        ("brands", "Brand names, one a line", LIST),
        ("classes*", "Classes, one a line", LIST),
        ("minimum_mg", "Smallest daily dose that counts as a trial, in mg", NUMBER),
        (
            "diazepam_10mg",
            "Dose that equals 10 mg of diazepam: one table a line",
            DOSES,
        ),
        ("note", "Note for authors", PROSE),
    ),
    "score": (
        ("title*", "Title", LINE),
        ("weeks", "Weeks that are long enough", NUMBER),
        ("sources", "Sources, one code a line", LIST),
        ("default", "Whose numbers they are", PROSE),
        ("note", "Note for authors", PROSE),
    ),
    "item": (("text*", "Question", PROSE), ("help", "Help below it", PROSE)),
    "wording": (("text*", "Question", PROSE), ("help", "Help below it", PROSE)),
    "page": (("title*", "Title", LINE), ("intro", "Sentences below it", PROSE)),
    "section": (("title*", "Title", LINE),),
    "instrument": (("stem", "Sentence above its questions", PROSE),),
    "indication": (("title*", "Title", LINE), ("note", "Note for authors", PROSE)),
    "source": (
        ("title*", "Title", PROSE),
        ("quote", "The very words it rests on", PROSE),
        ("note", "Note for authors", PROSE),
    ),
    "protocol": (
        ("version*", "Version", LINE),
        ("title*", "Title", LINE),
        ("note", "Note for authors", PROSE),
    ),
}
LOCKED = ("wording", "instrument")
# As long as the column that keeps it.
LONGEST = {"signed_by": 80, "version": 40}
OPTION = "option-"


class TableForm(forms.Form):
    use_required_attribute = False

    def __init__(self, kind: str, table: Table, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        self.kind, self.table = kind, table
        for key, label, shape in KEYS[kind]:
            name = key.rstrip("*")
            self.fields[name] = _field(name, label, shape, required=key != name)
            self.initial[name] = _written(table.get(name), shape)
        for option in _options(kind, table):
            name, label = OPTION + option["code"], f"Answer “{option['text']}”"
            self.fields[name] = _field(name, label, LINE, required=True)
            self.initial[name] = option["text"]

    def apply(self) -> None:
        """Write what was typed into the table; what is empty is left out."""
        for key, _, shape in KEYS[self.kind]:
            name = key.rstrip("*")
            value = _read(self.cleaned_data[name], shape)
            if value in ("", [], {}, None):
                self.table.pop(name, None)
            else:
                self.table[name] = value
        for option in _options(self.kind, self.table):
            option["text"] = self.cleaned_data[OPTION + option["code"]]


def _options(kind: str, table: Table) -> Iterator[Table]:
    if kind in ("item", "wording"):
        yield from table.get("option", [])


def _field(name: str, label: str, shape: str, *, required: bool) -> forms.Field:
    missing = {"required": f"{label.split(',')[0]}: this cannot be empty."}
    shared: dict[str, Any] = {"label": label, "required": required}
    shared |= {"error_messages": missing}
    if shape == NUMBER:
        unread = missing | {"invalid": "Write a number, such as 2 or 0.5."}
        shared["error_messages"] = unread
        return forms.FloatField(**shared, min_value=0, widget=forms.TextInput)
    if shape == DAY:
        return forms.CharField(
            **shared, validators=[_check_day], widget=forms.TextInput
        )
    if shape == DOSES:
        return forms.CharField(
            **shared, validators=[_check_doses], widget=forms.Textarea
        )
    widget = forms.TextInput if shape == LINE else forms.Textarea
    return forms.CharField(
        **shared, max_length=LONGEST.get(name, 4000), widget=widget(_size(shape))
    )


def _size(shape: str) -> dict[str, Any]:
    return {} if shape == LINE else {"rows": 3}


def _written(value: Any, shape: str) -> Any:
    if value is None:
        return ""
    if shape == LIST:
        return "\n".join(value)
    if shape == DOSES:
        return "\n".join(f"{table} {dose:g}" for table, dose in value.items())
    return f"{value:g}" if shape == NUMBER else value


def _read(typed: Any, shape: str) -> Any:
    if shape == LIST:
        return [line.strip() for line in typed.splitlines() if line.strip()]
    return _doses(typed) if shape == DOSES else typed


def _doses(typed: str) -> dict[str, float]:
    pairs = (line.rsplit(maxsplit=1) for line in typed.splitlines() if line.strip())
    return {table: float(dose) for table, dose in pairs}


def _check_doses(typed: str) -> None:
    try:
        _doses(typed)
    except ValueError as error:
        message = "Write a table and a number on each line, such as: ashton 0.5"
        raise forms.ValidationError(message) from error


def _check_day(typed: str) -> None:
    try:
        date.fromisoformat(typed)
    except ValueError as error:
        raise forms.ValidationError("Write a day such as 2027-01-31.") from error
