"""A page of the questionnaire as a form, built from the protocol's own values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from screening.engine.protocol import Item, Page
from screening.forms.fields import AnswerField
from screening.forms.layout import page_layout
from screening.forms.lines import Row
from screening.forms.reading import Answer
from screening.forms.registry import FIELDS, field_for
from screening.forms.rows import PAUSES, RowsField, pressed

__all__ = ["FIELDS", "PageForm", "Problem"]

Readings = Sequence[Sequence[str] | None]


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary, and the control it leads to."""

    message: str
    target: str
    question: str


class PageForm(forms.Form):
    """Whatever can be read is in `answers`, also when the page as a whole is not valid.

    `open_items` are the items that are asked now; others are neither shown nor read.
    `rows` is the list of the page's group as saved so far, `readings` how each name in
    it was read, `row` the index of the row to change.
    """

    use_required_attribute = False

    def __init__(
        self,
        page: Page,
        *,
        open_items: Sequence[Item],
        data: Mapping[str, Any] | None = None,
        answers: Mapping[str, Answer] | None = None,
        rows: Sequence[Row] | None = None,
        readings: Readings = (),
        row: str | None = None,
    ) -> None:
        super().__init__(data, initial=dict(answers or {}), label_suffix="")
        self.page = page
        self.items = [item for item in open_items if not item.hidden]
        self.action = pressed(data)
        for item in self.items:
            if item.type == "group":
                held = rows if rows is not None else self.initial.get(item.link_id, ())
                self.fields[item.link_id] = RowsField(
                    item, rows=held, readings=readings, row=row
                )
            else:
                self.fields[item.link_id] = field_for(item)
                self.fields[item.link_id].required = item.required and self.finishing

    @property
    def finishing(self) -> bool:
        """Tell whether the page is to be whole, not only added to."""
        return self.action.verb == "continue"

    @cached_property
    def helper(self) -> FormHelper:
        """Made when the page is drawn: most posts lead on to another."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = page_layout(self.items)
        return helper

    @property
    def group(self) -> RowsField | None:
        fields = self.fields.values()
        return next((f for f in fields if isinstance(f, RowsField)), None)

    @property
    def lone(self) -> bool:
        """Tell whether the one question on the page is its heading too."""
        return len(self.items) == 1 and not self.group and not self.page.stem

    @property
    def stem(self) -> str:
        """Return the words that an instrument says once, before all of its items."""
        return "" if self.page.stem == self.page.title else self.page.stem

    @property
    def attributions(self) -> list[str]:
        """Return the thanks to each instrument of which something is asked now."""
        asked = {item.instrument for item in self.items}
        return [thanks for code, thanks in self.page.attributions if code in asked]

    @property
    def answers(self) -> dict[str, Answer]:
        """Return every answer that could be read, by link_id."""
        _ = self.errors
        readings = {name: field.reading for name, field in self._asked()}
        return {n: r.answer for n, r in readings.items() if r.answer is not None}

    @property
    def cleared(self) -> set[str]:
        """Return the link_ids that were posted empty."""
        _ = self.errors
        return {name for name, field in self._asked() if field.reading.blank}

    @property
    def goes_on(self) -> bool:
        """Tell whether the page was left by "Continue" with nothing amiss."""
        return self.finishing and self.is_valid()

    @property
    def pause(self) -> str:
        """Return the pause that was asked for, if any."""
        return self.action.verb if self.action.verb in PAUSES else ""

    @property
    def row_query(self) -> str:
        """Return what follows the page's address to open the row that is to change."""
        group = self.group
        row = group.next_row if group else None
        return "" if row is None else f"?row={row}"

    @property
    def problems(self) -> list[Problem]:
        """Return every error in the order of the page, each with where to mend it."""
        first = next(iter(self.fields), "")
        found = [Problem(str(m), f"id_{first}", "") for m in self.non_field_errors()]
        for name, field in self._asked():
            if isinstance(field, RowsField):
                found += _row_problems(field)
            else:
                found += [self._problem(name, m) for m in self.errors.get(name, ())]
        return found

    def _problem(self, name: str, message: object) -> Problem:
        return _problem(self, name, message)

    def _asked(self) -> list[tuple[str, AnswerField]]:
        pairs = self.fields.items()
        return [(name, f) for name, f in pairs if isinstance(f, AnswerField)]


def _problem(form: forms.Form, name: str, message: object) -> Problem:
    field, target = form.fields[name], form[name].auto_id
    part = getattr(field.widget, "wrong_part", "")
    if part not in ("", "month"):
        target = f"{target}_{part}"
    return Problem(str(message), target, str(field.label))


def _row_problems(field: RowsField) -> list[Problem]:
    found = [Problem(m, field.target, str(field.label)) for m in field.own_problems]
    form = field.row_form
    if form is None or not form.is_bound:
        return found
    return [_problem(form, n, m) for n, ms in form.errors.items() for m in ms] + found
