"""A date in three boxes, read one box at a time."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from screening.forms import widgets, words
from screening.forms.fields import AnswerField
from screening.forms.reading import (
    Reading,
    TypedDate,
    calendar_date,
    month_number,
    whole_number,
)

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100


class DateField(AnswerField):
    """Month, day and year; a birthday lies in the past."""

    def control(self) -> forms.Widget:
        complete = "bday" if self.item.autocomplete == "bday" else ""
        return widgets.DateBoxes(autocomplete=complete, others=self.others)

    def read(self, raw: TypedDate) -> Reading:
        written = raw[:3]
        if not any(written):
            return self.instead(raw.ticked)
        for part, text in zip(widgets.DateBoxes.parts, written, strict=True):
            if not text:
                return Reading(problem=words.PART_MISSING.format(part=part), part=part)
        reading = self.read_date(*written)
        if raw.ticked and not reading.problem:
            ticked = dict(self.others).get(raw.ticked[0], raw.ticked[0])
            problem = words.WRITTEN_AND_TICKED.format(ticked=ticked)
            return Reading(reading.answer, problem)
        return reading

    def read_date(self, month: str, day: str, year: str) -> Reading:
        month_of = month_number(month)
        day_of, year_of = whole_number(day), whole_number(year)
        if month_of is None:
            return Reading(problem=words.MONTH, part="month")
        if year_of is None or not EARLIEST_YEAR <= year_of <= LATEST_YEAR:
            return Reading(problem=words.YEAR, part="year")
        read = calendar_date(year_of, month_of, -1 if day_of is None else day_of)
        if read is None:
            return Reading(problem=words.DAY, part="day")
        if self.item.autocomplete == "bday" and read > timezone.localdate():
            return Reading(problem=words.NOT_YET, part="year")
        return Reading(read.isoformat())

    def prepare_value(self, value: Any) -> TypedDate:
        if isinstance(value, TypedDate):
            return value
        if isinstance(value, dict):
            return TypedDate(ticked=(str(value.get("absent", "")),))
        try:
            read = date.fromisoformat(str(value))
        except ValueError:
            return TypedDate()
        return TypedDate(str(read.month), str(read.day), str(read.year))
