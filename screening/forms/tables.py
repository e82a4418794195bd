"""What a lead may change of one table, each key by a control that fits its kind."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from django import forms

from screening.engine.help_words import problems
from screening.engine.protocol import Protocol
from screening.forms.controls import field, read, written
from screening.forms.keys import LINE, NAMES, Key, Table, keys_of, longest_of
from screening.forms.offers import offered

OPTION = "option-"
MORE = "one-more"
_NOT_IN_CODES = re.compile(r"[^a-z0-9]+")
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# A code made from a sentence ends with a word, about here.
ABOUT_AS_LONG = 40


class TableForm(forms.Form):
    """`taken` makes it a table that is new: it gets a name that nobody else has."""

    use_required_attribute = False

    def __init__(
        self,
        kind: str,
        table: Table,
        data: Any = None,
        *,
        rules: Protocol,
        safety: bool = False,
        taken: Collection[str] | None = None,
        initial: Table | None = None,
    ) -> None:
        super().__init__(data, label_suffix="")
        self.kind, self.table, self.taken = kind, table, taken
        self.initial.update(initial or {})
        self.keys = self._keys(kind, safety=safety)
        for key, label, shape in self.keys:
            name = key.rstrip("*")
            self.initial.setdefault(name, written(table.get(name), shape))
            choices = (
                offered(kind, name, rules, safety=safety)
                if shape in ("choice", "ticks")
                else ()
            )
            wanted: dict[str, Any] = {"required": key != name, "choices": choices}
            most = longest_of(kind, name)
            self.fields[name] = field(label, shape, **wanted, most=most)
            if shape == "ticks":
                self._chosen_first(name)
        self._offer_options()

    def _keys(self, kind: str, *, safety: bool) -> tuple[Key, ...]:
        keys = keys_of(kind, safety=safety)
        if self.taken is None:
            return keys
        name = NAMES[kind]
        return (name, *keys) if name[0].endswith("*") else (*keys, name)

    def _chosen_first(self, name: str) -> None:
        """Move what is ticked to the top of a long list, in the order of the table."""
        ticked: Any = self.fields[name]
        chosen = list(self[name].value() or [])
        places = {code: place for place, code in enumerate(chosen)}
        ticked.choices = sorted(
            ticked.choices, key=lambda each: places.get(each[0], len(chosen))
        )

    def _offer_options(self) -> None:
        for option in _options(self.kind, self.table):
            name, label = OPTION + option["code"], f"Answer “{option['text']}”"
            self.fields[name] = field(label, LINE, required=not self._may_grow)
            self.initial.setdefault(name, option["text"])
        if self._may_grow and self.table.get("option"):
            label = "One more answer; empty an answer above to take it away"
            self.fields[MORE] = field(label, LINE, required=False)

    @property
    def typed(self) -> Table:
        """Return what stands in the controls, whether it can be saved or not."""
        return {name: self[name].value() for name in self.fields}

    @property
    def _may_grow(self) -> bool:
        """The answers of a validated instrument are as many as were validated."""
        return self.kind == "item"

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if self.taken is not None:
            self._check_name()
        if self.kind == "text" and (text := said.get("text")):
            for problem in problems(text):
                self.add_error("text", f"It cannot be saved: {problem}.")
        options = [said.get(n) for n in self.fields if n.startswith((OPTION, MORE))]
        if options and not any(options):
            self.add_error(MORE, "A question needs an answer to choose.")
        return said

    def _check_name(self) -> None:
        key = NAMES[self.kind][0].rstrip("*")
        name = self.cleaned_data.get(key, "")
        if self.kind == "criterion":
            name = name or _coded(self.cleaned_data.get("statement", ""))
            self.cleaned_data[key] = name
            if name and not _CODE.fullmatch(name):
                self.add_error(key, "Use small letters, digits and single hyphens.")
        if self.taken is not None and name in self.taken:
            self.add_error(key, f"There is one called {name} already.")

    def apply(self) -> None:
        """Write what was typed into the table; what is empty is left out."""
        for key, _, shape in self.keys:
            name = key.rstrip("*")
            value = read(self.cleaned_data[name], shape)
            if value in ("", [], {}, None):
                self.table.pop(name, None)
            else:
                self.table[name] = value
        for option in _options(self.kind, self.table):
            option["text"] = self.cleaned_data[OPTION + option["code"]]
        if self._may_grow and "option" in self.table:
            self._grow()

    def _grow(self) -> None:
        kept = [option for option in self.table["option"] if option["text"]]
        if text := self.cleaned_data.get(MORE):
            codes = {option["code"] for option in self.table["option"]}
            kept.append({"code": _unlike(_coded(text) or "other", codes), "text": text})
        self.table["option"] = kept


def _options(kind: str, table: Table) -> Iterator[Table]:
    if kind in ("item", "wording"):
        yield from table.get("option", [])


def _coded(sentence: str) -> str:
    """Make a code of the first words of a sentence."""
    words = _NOT_IN_CODES.sub("-", sentence.lower()).strip("-")
    if len(words) <= ABOUT_AS_LONG:
        return words
    return words[:ABOUT_AS_LONG].rpartition("-")[0] or words[:ABOUT_AS_LONG]


def _unlike(code: str, codes: Collection[str]) -> str:
    number, free = 1, code
    while free in codes:
        number += 1
        free = f"{code}-{number}"
    return free
