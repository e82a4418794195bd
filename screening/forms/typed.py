"""Fields to write in: words, names, phone numbers and numbers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from screening.engine.words import is_story
from screening.forms import widgets, words
from screening.forms.fields import AnswerField
from screening.forms.reading import Reading, Typed, decimal_number, whole_number

LONGEST = 2000


class TextField(AnswerField):
    """Words, kept as they were typed."""

    longest = LONGEST

    def control(self) -> forms.Widget:
        settings = {"autocomplete": self.item.autocomplete or "off"}
        lines = is_story(self.item) and not self.in_row
        kind = "lines" if lines else "text"
        return widgets.Box(input_type=kind, others=self.others, settings=settings)

    def read(self, raw: Typed) -> Reading:
        if not raw.text:
            return self.instead(raw.ticked)
        reading = self.read_text(raw.text)
        if raw.ticked and not reading.problem:
            ticked = dict(self.others).get(raw.ticked[0], raw.ticked[0])
            problem = words.WRITTEN_AND_TICKED.format(ticked=ticked)
            return Reading(reading.answer, problem)
        return reading

    def read_text(self, text: str) -> Reading:
        if len(text) <= self.longest:
            return Reading(text)
        return Reading(
            problem=words.TOO_LONG.format(most=self.longest, length=len(text))
        )

    def prepare_value(self, value: Any) -> Typed:
        if isinstance(value, Typed):
            return value
        if isinstance(value, dict):
            return Typed("", (str(value.get("absent", "")),))
        text = "" if value is None or isinstance(value, list) else str(value)
        return Typed("", (text,)) if text in dict(self.others) else Typed(text)


class LookupField(TextField):
    """The name of a medicine, in the patient's own spelling."""

    longest = 200

    def control(self) -> forms.Widget:
        settings = {"autocomplete": "off", "spellcheck": "false"}
        settings["autocapitalize"] = "none"
        return widgets.Box(others=self.others, settings=settings)


class PhoneField(TextField):
    """A phone number as people write it; 7 digits are the least."""

    longest = 60

    def control(self) -> forms.Widget:
        settings = {"autocomplete": "tel"}
        return widgets.Box(input_type="tel", others=self.others, settings=settings)

    def read_text(self, text: str) -> Reading:
        if len(text) > self.longest or sum(map(str.isdecimal, text)) < 7:
            return Reading(problem=words.PHONE)
        return Reading(text)


class EmailField(TextField):
    def control(self) -> forms.Widget:
        settings = {"autocomplete": "email", "spellcheck": "false"}
        return widgets.Box(input_type="email", others=self.others, settings=settings)

    def read_text(self, text: str) -> Reading:
        try:
            validate_email(text)
        except ValidationError:
            return Reading(problem=words.EMAIL)
        return Reading(text)


class IntegerField(TextField):
    """A whole number that is written out."""

    keyboard = "numeric"
    plain, bounded = words.WHOLE_NUMBER, words.WHOLE_NUMBER_BETWEEN

    def control(self) -> forms.Widget:
        settings = {"inputmode": self.keyboard, "autocomplete": "off"}
        return widgets.Box(css="short", others=self.others, settings=settings)

    def read_text(self, text: str) -> Reading:
        number = self.number(text)
        low, high = self.item.minimum or 0, self.item.maximum
        if number is None or number < low or (high is not None and number > high):
            words_for = self.plain if high is None else self.bounded
            return Reading(problem=words_for.format(low=low, high=high))
        return Reading(number)

    def number(self, text: str) -> int | float | None:
        return whole_number(text)


class DecimalField(IntegerField):
    """A number that may have a decimal point; never an exponent."""

    keyboard = "decimal"
    plain, bounded = words.NUMBER, words.NUMBER_BETWEEN

    def number(self, text: str) -> int | float | None:
        return decimal_number(text, self.item.unit)
