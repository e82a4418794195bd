"""Controls as plain HTML: the first control of a question carries the question's id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from screening.forms.reading import Typed, TypedDate, clean_text

Choices = Iterable[tuple[str, str]]
Context = dict[str, Any]


def posted_list(posted: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return every value posted under a name, from a browser or from a plain dict."""
    if hasattr(posted, "getlist"):
        values = posted.getlist(name)
    else:
        value = posted.get(name, [])
        values = value if isinstance(value, list | tuple) else [value]
    return tuple(clean_text(value) for value in values if value is not None)


def last(posted: Mapping[str, Any], name: str) -> str:
    return (posted_list(posted, name) or ("",))[-1]


class Control(forms.Widget):
    """What all our controls share: choices after "or", and one way to say invalid."""

    kind = "checkbox"

    def __init__(self, *, choices: Choices = (), others: Choices = ()) -> None:
        super().__init__()
        self.choices, self.others = list(choices), list(others)
        self.wrong_part = ""

    def id_for_label(self, id_: str, index: str | int | None = None) -> str:
        return id_

    def get_context(
        self, name: str, value: Any, attrs: Context | None
    ) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "kind": self.kind,
            "id": (attrs or {}).get("id", ""),
            "invalid": "aria-invalid" in (attrs or {}),
            "described": (attrs or {}).get("aria-describedby", ""),
        }
        return context

    def options(
        self, choices: Choices, chosen: Iterable[str], id_: str, first: int
    ) -> list[Context]:
        held = set(chosen)
        return [
            {
                "id": id_ if index == 0 else f"{id_}_{index}",
                "value": code,
                "text": text,
                "checked": code in held,
            }
            for index, (code, text) in enumerate(choices, start=first)
        ]


class Radios(Control):
    """One answer out of several, none chosen beforehand."""

    kind = "radio"
    use_fieldset = True
    template_name = "lamp/widgets/choices.html"
    numbers = False

    def value_from_datadict(
        self, data: Mapping[str, Any], files: object, name: str
    ) -> Any:
        return last(data, name)

    def get_context(
        self, name: str, value: Any, attrs: Context | None
    ) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        chosen = [value] if isinstance(value, str) else value or ()
        widget["numbers"] = self.numbers
        widget["many"] = len(self.choices) > 10 and not self.numbers
        widget["options"] = self.options(self.choices, chosen, widget["id"], 0)
        first = len(self.choices)
        widget["others"] = self.options(self.others, chosen, widget["id"], first)
        return context


class Numbers(Radios):
    """A row of numbers to choose from: no slider, nothing to drag."""

    numbers = True


class Checkboxes(Radios):
    """Several answers at once."""

    kind = "checkbox"

    def value_from_datadict(
        self, data: Mapping[str, Any], files: object, name: str
    ) -> Any:
        return posted_list(data, name)


class Box(Control):
    """A box to write in, with what may be ticked instead."""

    template_name = "lamp/widgets/box.html"

    def __init__(self, *, input_type: str = "text", **options: Any) -> None:
        self.settings: dict[str, str] = options.pop("settings", {})
        self.css = options.pop("css", "")
        super().__init__(**options)
        self.input_type = input_type
        self.use_fieldset = bool(self.others)

    def value_from_datadict(
        self, data: Mapping[str, Any], files: object, name: str
    ) -> Typed:
        return Typed(last(data, name), posted_list(data, f"{name}-instead"))

    def get_context(self, name: str, value: Any, attrs: Context | None) -> Context:
        context = super().get_context(name, value, attrs)
        widget, typed = context["widget"], value or Typed()
        widget |= {"type": self.input_type, "css": self.css, "value": typed.text}
        widget["settings"] = self.settings
        widget["others"] = self.options(self.others, typed.ticked, widget["id"], 1)
        return context


class DateBoxes(Control):
    """Month, day and year, in the order of this country."""

    template_name = "lamp/widgets/date.html"
    use_fieldset = True
    parts = ("month", "day", "year")

    def __init__(self, *, autocomplete: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.autocomplete = autocomplete

    def value_from_datadict(
        self, data: Mapping[str, Any], files: object, name: str
    ) -> TypedDate:
        month, day, year = (last(data, f"{name}-{part}") for part in self.parts)
        return TypedDate(month, day, year, posted_list(data, f"{name}-instead"))

    def get_context(self, name: str, value: Any, attrs: Context | None) -> Context:
        context = super().get_context(name, value, attrs)
        widget, typed = context["widget"], value or TypedDate()
        widget["boxes"] = [
            self.box(part, name, widget, getattr(typed, part)) for part in self.parts
        ]
        widget["others"] = self.options(self.others, typed.ticked, widget["id"], 3)
        return context

    def box(self, part: str, name: str, widget: Context, text: str) -> Context:
        return {
            "part": part,
            "label": part.capitalize(),
            "name": f"{name}-{part}",
            "id": widget["id"] if part == "month" else f"{widget['id']}_{part}",
            "value": text,
            "wrong": widget["invalid"] and self.wrong_part in ("", part),
            "autocomplete": self.autocomplete and f"{self.autocomplete}-{part}",
        }
