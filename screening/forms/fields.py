"""Fields to choose in; what they can read they keep, whatever else is wrong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from screening.engine.protocol import ABSENT, DECLINED, NOT_KNOWN, Item
from screening.forms import widgets, words
from screening.forms.reading import Answer, Reading

NONE = "none"


class AnswerField(forms.Field):
    """A question as a form field; `reading` says what was found in the last post."""

    chosen = False
    in_row = False

    def __init__(self, item: Item, *, in_row: bool = False) -> None:
        self.item, self.in_row = item, in_row
        self.others = words.ways_out(item)
        self.reading = Reading(blank=True)
        self.is_optional = not item.required
        super().__init__(
            required=item.required,
            label=item.text.removesuffix(" (optional)"),
            help_text=item.help,
            widget=self.control(),
        )

    def clean(self, value: Any) -> Answer | None:
        self.reading = self.read(value)
        problem = self.reading.problem
        if self.reading.blank and self.required:
            problem = words.missing(self.item, choose=self.chosen)
        self.widget.wrong_part = self.reading.part
        if problem:
            raise ValidationError(problem)
        return self.reading.answer

    def control(self) -> forms.Widget:
        raise NotImplementedError

    def read(self, raw: Any) -> Reading:
        raise NotImplementedError

    def instead(self, ticked: tuple[str, ...]) -> Reading:
        """Read what was ticked in place of writing."""
        known = [code for code, _ in self.others if code in ticked]
        return Reading(absent(known[-1])) if known else Reading(blank=True)


def absent(code: str) -> Answer:
    return {"absent": code} if code in ABSENT else code


class ChoiceField(AnswerField):
    """One of the options; or, after "or", a way not to choose."""

    chosen = True

    def choices(self) -> list[tuple[str, str]]:
        return [(option.code, option.text) for option in self.item.options]

    def control(self) -> forms.Widget:
        return widgets.Radios(choices=self.choices(), others=self.others)

    def read(self, raw: Any) -> Reading:
        if not raw:
            return Reading(blank=True)
        if raw in dict(self.choices()):
            return Reading(self.value(raw))
        if raw in dict(self.others):
            return Reading(absent(raw))
        return Reading(problem=words.NOT_IN_LIST)

    def value(self, code: str) -> Answer:
        return code

    def prepare_value(self, value: Any) -> str:
        if isinstance(value, dict):
            return str(value.get("absent", ""))
        return "" if value is None else str(value)


class YesNoField(ChoiceField):
    """Yes or no, with nothing chosen beforehand."""

    def choices(self) -> list[tuple[str, str]]:
        return [("true", "Yes"), ("false", "No")]

    def value(self, code: str) -> bool:
        return code == "true"

    def prepare_value(self, value: Any) -> str:
        text = super().prepare_value(value)
        return text.lower() if isinstance(value, bool) else text


class NumberChoiceField(ChoiceField):
    """A whole number out of a few, each of them a choice."""

    def choices(self) -> list[tuple[str, str]]:
        low, high = int(self.item.minimum or 0), int(self.item.maximum or 0)
        return [(str(number), str(number)) for number in range(low, high + 1)]

    def control(self) -> forms.Widget:
        return widgets.Numbers(choices=self.choices(), others=self.others)

    def value(self, code: str) -> int:
        return int(code)


class ManyField(ChoiceField):
    """Any of the options. Ticks that contradict each other are kept, and asked about.

    A red tick must never be lost to a second one that says "none".
    """

    def control(self) -> forms.Widget:
        ticks = [choice for choice in self.choices() if choice[0] != NONE]
        none = [choice for choice in self.choices() if choice[0] == NONE]
        return widgets.Checkboxes(choices=ticks, others=none + self.others)

    def read(self, raw: Any) -> Reading:
        known = [code for code, _ in self.choices() + self.others]
        codes = [code for code in known if code in raw]
        if not any(raw):
            return Reading(blank=True)
        if set(raw) - {*known, ""}:
            return Reading(self.together(codes), words.NOT_IN_LIST)
        return Reading(self.together(codes), self.contradiction(codes))

    def together(self, codes: list[str]) -> Answer | None:
        """Return the ticks: one that says something outlives one that says nothing."""
        ticks = [code for code in codes if code not in (NONE, *ABSENT)]
        if ticks:
            beside = not self.item.unknown_is_exclusive and NOT_KNOWN in codes
            return [*ticks, NOT_KNOWN] if beside else ticks
        for code in (DECLINED, NOT_KNOWN):
            if code in codes:
                return absent(code)
        return codes or None

    def contradiction(self, codes: list[str]) -> str:
        alone = {NONE, DECLINED}
        if self.item.unknown_is_exclusive:
            alone.add(NOT_KNOWN)
        said = dict(self.choices() + self.others)
        for code in codes:
            if code in alone and len(codes) > 1:
                return words.NONE_AND_MORE.format(none=said[code])
        return ""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return (str(value.get("absent", "")),)
        return tuple(map(str, value)) if isinstance(value, list | tuple) else ()
