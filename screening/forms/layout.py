"""How a page's questions are laid out: alone, as one scale, or as a growing list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from crispy_forms.layout import Layout
from django.template import Context
from django.template.loader import get_template

from screening.engine.protocol import Item

LONGEST_HEAD = 28


class Scale:
    """Items of one instrument that share their answers: a grid where there is room."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names

    def render(
        self, form: Any, context: Context, template_pack: str = "", **kwargs: Any
    ) -> str:
        form.rendered_fields.update(self.names)
        fields = [form[name] for name in self.names]
        shown = {"fields": fields, "heads": fields[0].field}
        return get_template("lamp/layout/scale.html").render(shown)


class Rows:
    """A growing list: what it holds, then one row to write."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(
        self, form: Any, context: Context, template_pack: str = "", **kwargs: Any
    ) -> str:
        form.rendered_fields.add(self.name)
        shown = {"field": form[self.name], "group": form.fields[self.name]}
        return get_template("lamp/layout/rows.html").render(shown)


def page_layout(asked: Sequence[Item]) -> Layout:
    parts: list[Any] = []
    for items in runs(asked):
        names = [item.link_id for item in items]
        if items[0].type == "group":
            parts.append(Rows(names[0]))
        elif len(items) > 1:
            parts.append(Scale(names))
        else:
            parts += names
    return Layout(*parts)


def runs(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Yield items one by one, or together where they are lines of one scale."""
    run: list[Item] = []
    for item in items:
        if run and not is_same_scale(run[-1], item):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def is_same_scale(one: Item, other: Item) -> bool:
    short = all(len(option.text) <= LONGEST_HEAD for option in one.options)
    return bool(one.instrument and one.options and short) and _head(one) == _head(other)


def _head(item: Item) -> tuple[object, ...]:
    choices = (item.options, item.can_be_unknown, item.can_decline, item.not_applicable)
    return (item.type, item.instrument, *choices)
