"""A list that grows one row at a time: what it holds, and the row being written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from screening.engine.protocol import Item
from screening.forms import words
from screening.forms.fields import AnswerField
from screening.forms.lines import Line, NameRead, Row, lacking, line, name_field
from screening.forms.reading import Reading
from screening.forms.registry import field_for

MOST_ROWS = 30
_ACTION = re.compile(r"(edit|remove|read)-([0-9]{1,3})")
# They pause: what is there is saved, and nothing more is asked for.
PAUSES = ("stop", "code", "back", "help", "privacy", "contact", "finish")
VERBS = ("add", *PAUSES)
_PLACE = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Action:
    """Which button was pressed; whatever is not known is "continue"."""

    verb: str = "continue"
    number: int = -1


def pressed(posted: Mapping[str, Any] | None) -> Action:
    text = str(posted.get("action", "")) if posted else ""
    match = _ACTION.fullmatch(text)
    if match:
        return Action(match[1], int(match[2]))
    return Action(text if text in VERBS else "continue")


class RowForm(forms.Form):
    """The one row that is being written."""

    use_required_attribute = False

    def __init__(
        self, group: Item, *, posted: Any = None, row: Row | None = None
    ) -> None:
        super().__init__(posted, prefix="row", initial=row or {}, label_suffix="")
        for item in group.fields:
            self.fields[item.link_id] = field_for(item, in_row=True)

    def readings(self) -> dict[str, Reading]:
        """Return what each field was found to say, once the form was looked at."""
        _ = self.errors
        return {
            name: field.reading
            for name, field in self.fields.items()
            if isinstance(field, AnswerField)
        }

    @property
    def row(self) -> Row:
        readings = self.readings().items()
        return {name: r.answer for name, r in readings if r.answer is not None}

    @property
    def is_blank(self) -> bool:
        return all(reading.blank for reading in self.readings().values())


class WholePost(forms.Widget):
    """Hands a list everything that was posted: its row, its button and its place."""

    use_fieldset = True

    def value_from_datadict(self, data: Any, files: object, name: str) -> Any:
        return data


class RowsField(AnswerField):
    """The list so far, and one row to write. Nothing typed in it is thrown away."""

    def __init__(
        self,
        item: Item,
        *,
        rows: Sequence[Row] = (),
        readings: Sequence[Sequence[str] | None] = (),
        row: str | None = None,
    ) -> None:
        super().__init__(item)
        self.rows = [dict(held) for held in rows]
        reads = [NameRead(*read) if read else NameRead() for read in readings]
        self.reads = (reads + [NameRead()] * len(self.rows))[: len(self.rows)]
        self.own_problems: list[str] = []
        self.next_row: int | None = None
        self.show(self.place(row))

    def control(self) -> forms.Widget:
        return WholePost()

    @property
    def most(self) -> int:
        return self.item.max_rows or MOST_ROWS

    @property
    def lines(self) -> list[Line]:
        pairs = enumerate(zip(self.rows, self.reads, strict=True))
        return [line(self.item, i, row, read) for i, (row, read) in pairs]

    @property
    def number(self) -> int:
        """Return the number of the row in the row form, as people count."""
        return (len(self.rows) if self.at is None else self.at) + 1

    @property
    def target(self) -> str:
        """Return the id that an error about the whole list leads to."""
        if self.row_form is None:
            return "change-0"
        row = self.rows[self.at] if self.at is not None else {}
        first = next(iter(lacking(self.item, row)), self.item.fields[0])
        return f"id_row-{first.link_id}"

    def show(self, at: int | None) -> None:
        """Put into the row form: the row asked for, an unfinished one, or a new one."""
        unfinished = (i for i, r in enumerate(self.rows) if lacking(self.item, r))
        self.at = next(unfinished, None) if at is None else at
        self.row_form: RowForm | None = None
        if self.at is not None:
            self.row_form = RowForm(self.item, row=self.rows[self.at])
        elif len(self.rows) < self.most:
            self.row_form = RowForm(self.item)

    def place(self, text: object) -> int | None:
        """Return the index of a row that is there; anything else is a new row."""
        digits = str(text)
        there = _PLACE.fullmatch(digits) and int(digits) < len(self.rows)
        return int(digits) if there else None

    def clean(self, value: Mapping[str, Any]) -> list[Row]:
        problems = self.apply(value, pressed(value))
        self.reading = Reading(self.rows or None, blank=not self.rows)
        if problems:
            raise ValidationError(problems)
        return self.rows

    def apply(self, posted: Mapping[str, Any], action: Action) -> list[str]:
        """Do what was pressed; to a list that changed meanwhile, only add."""
        changed = str(posted.get("row-count", len(self.rows))) != str(len(self.rows))
        self.at = None if changed else self.place(posted.get("row-index"))
        target = None if changed else self.place(action.number)
        form = RowForm(self.item, posted=posted)
        given_up = action.verb in ("edit", "remove") and target == self.at is not None
        typed = [] if given_up else self.take(form, action, again=changed)
        if action.number >= 0 and target is None:
            self.own_problems.append(words.LIST_CHANGED)
        elif target is not None:
            self.change(action.verb, target, keep_typed=bool(typed))
        if action.verb == "continue" and not typed:
            self.ask_for_the_rest()
        return typed + self.own_problems

    def take(self, form: RowForm, action: Action, *, again: bool) -> list[str]:
        """Save the typed row when it is whole; else keep it on the page."""
        new = self.at is None
        if form.is_blank and (action.number >= 0 or (new and action.verb != "add")):
            return []
        if not form.is_valid():
            self.row_form = form
            return [str(m) for messages in form.errors.values() for m in messages]
        if self.at is not None:
            self.rows[self.at], self.reads[self.at] = form.row, NameRead()
        elif again and form.row in self.rows:
            pass
        elif len(self.rows) >= self.most:
            self.row_form = form
            self.own_problems.append(words.TOO_MANY.format(most=self.most))
            return []
        else:
            self.rows.append(form.row)
            self.reads.append(NameRead())
        self.show(None)
        return []

    def change(self, verb: str, target: int, *, keep_typed: bool) -> None:
        if verb == "remove":
            del self.rows[target], self.reads[target]
            if self.at is not None and self.at > target:
                self.at -= 1
        elif verb == "read" and self.reads[target].candidate:
            name = self.reads[target].candidate
            self.rows[target][name_field(self.item).link_id] = name
            self.reads[target] = NameRead("known", name)
        if verb == "edit":
            self.next_row = target
        if not keep_typed:
            self.show(self.next_row)

    def ask_for_the_rest(self) -> None:
        unfinished = [held for held in self.lines if held.missing]
        if unfinished:
            name = unfinished[0].name
            self.own_problems.append(words.FINISH_ROW.format(name=name))
        elif not self.rows and self.item.required:
            self.own_problems.append(words.ADD_ONE)
