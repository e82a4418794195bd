"""Medicines still taken are carried from one list to the other, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from screening.engine.carrying import carried_rows
from screening.engine.protocol import Item, Option
from tests.engine.making import asks, choice, protocol, rule, walk

WHY = (Option("still-taking", "Yes"), Option("no-effect", "No"))
TRIED = asks(
    "tried",
    "group",
    gate=rule(("start", "=", "yes")),
    fields=(
        asks("t-name", "lookup", role="name"),
        asks("t-mg", "decimal", role="dose"),
        asks("t-stopped", "choice", role="stopped", options=WHY),
    ),
)
TAKES = asks(
    "takes",
    "group",
    carried_from="tried",
    fields=(
        asks("m-name", "lookup", role="name"),
        asks("m-mg", "decimal", role="dose"),
    ),
)
MADE = protocol(choice("start"), TRIED, TAKES)


def carried(tried: Any, start: str = "yes", to: Item = TAKES) -> list[dict[str, Any]]:
    return carried_rows(walk(MADE, start=start, tried=tried), to)


def row(stopped: Any = "still-taking", **more: Any) -> dict[str, Any]:
    return {"t-name": "Zoloft", "t-mg": 50, "t-stopped": stopped} | more


def test_name_and_dose_of_what_is_still_taken_are_carried() -> None:
    rows = [row(), row("no-effect"), row({"absent": "asked-unknown"})]
    assert carried(rows) == [{"m-name": "Zoloft", "m-mg": 50}]


def test_a_dose_that_was_not_told_is_asked_again() -> None:
    unknown = row(**{"t-mg": {"absent": "asked-unknown"}})
    lacking = {"t-name": "Xanax", "t-stopped": "still-taking"}
    assert carried([unknown, lacking]) == [{"m-name": "Zoloft"}, {"m-name": "Xanax"}]


@pytest.mark.parametrize("tried", [None, [], {"absent": "asked-declined"}, "Zoloft"])
def test_where_nothing_was_listed_nothing_is_carried(tried: Any) -> None:
    assert carried(tried) == []


def test_a_list_that_is_closed_is_not_carried() -> None:
    assert carried([row()], start="no") == []


def test_a_list_of_its_own_takes_nothing_over() -> None:
    assert carried([row()], to=TRIED) == []
