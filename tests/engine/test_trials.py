"""What rows of medicines amount to, and how far what is not known may move it."""

from __future__ import annotations

import math
from typing import Any

import pytest

from screening.engine.facts import ANY_COUNT, NOT_ASKED, Interval
from screening.engine.protocol import Item, Option, Protocol, Score
from tests.engine.making import MEDICINES, asks, choice, protocol, rule, walk

UNSAID = {"absent": "asked-unknown"}
TRIED = choice("tried")
WHOLE = asks("whole", "boolean")


def _field(role: str, type_: str, *codes: str) -> Item:
    options = tuple(Option(code, code) for code in codes)
    return Item(role, type_, role, role=role, options=options)


FIELDS = (
    _field("name", "lookup"),
    _field("dose", "decimal"),
    _field("weeks", "integer"),
    _field("benefit", "choice", "none", "a-little", "a-lot"),
    _field("stopped", "choice", "side-effects", "no-effect", "still-taking"),
    _field("use", "choice", "regular", "when-needed"),
)
ROWS = asks("rows", "group", fields=FIELDS, gate=rule(("tried", "=", "yes")))
LIMITS: dict[str, Any] = {
    "group": "rows",
    "classes": ("antidepressant",),
    "weeks": 6,
    "benefits": ("none", "a-little"),
}


def _score(kind: str, **more: Any) -> Score:
    return Score(kind, kind, kind, 0, None, **LIMITS | more)


SCORES = (
    _score("adequate-trials"),
    _score("intolerances"),
    _score("unclear-rows"),
    _score(
        "diazepam-mg", classes=("benzodiazepine",), complete="whole", table="ashton"
    ),
)
MADE: Protocol = protocol(TRIED, ROWS, WHOLE, scores=SCORES, medicines=MEDICINES)
FAILED = {"name": "sertraline", "dose": 50, "weeks": 6, "benefit": "none"}


def measure(kind: str, *rows: dict[str, Any], whole: Any = True) -> Any:
    return walk(MADE, tried="yes", rows=list(rows), whole=whole).facts[kind]


def trials(*changes: dict[str, Any]) -> Any:
    return measure("adequate-trials", *(FAILED | change for change in changes))


def diazepam(*rows: tuple[str, Any, str], whole: Any = True) -> Any:
    listed = [{"name": n, "dose": d, "use": u} for n, d, u in rows]
    return measure("diazepam-mg", *listed, whole=whole)


@pytest.mark.parametrize("kind", [score.kind for score in SCORES])
def test_without_rows_any_number_is_possible(kind: str) -> None:
    assert walk(MADE, tried="yes").facts[kind] == ANY_COUNT
    assert walk(MADE, tried="yes", rows=[]).facts[kind] == ANY_COUNT
    assert walk(MADE, tried="yes", rows=UNSAID).facts[kind] == ANY_COUNT
    assert walk(MADE).facts[kind] == ANY_COUNT


@pytest.mark.parametrize("kind", [score.kind for score in SCORES])
def test_who_tried_nothing_is_not_asked_for_rows(kind: str) -> None:
    assert walk(MADE, tried="no", rows=[FAILED]).facts[kind] is NOT_ASKED


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ({}, Interval(1, 1)),
        ({"benefit": "a-little"}, Interval(1, 1)),
        ({"benefit": "a-lot"}, Interval(0, 0)),
        ({"dose": 49.9}, Interval(0, 0)),
        ({"dose": 0}, Interval(0, 0)),
        ({"weeks": 5}, Interval(0, 0)),
        ({"weeks": 5, "stopped": "side-effects"}, Interval(0, 0)),
        ({"weeks": 6, "stopped": "side-effects"}, Interval(1, 1)),
        ({"name": "quetiapine", "dose": 300}, Interval(0, 0)),
        ({"name": "quetiapine", "dose": None}, Interval(0, 0)),
    ],
)
def test_a_trial_counts_when_drug_dose_weeks_and_benefit_all_fit(
    change: dict[str, Any], count: Interval
) -> None:
    assert trials(change) == count


@pytest.mark.parametrize(
    "change",
    [
        {"dose": UNSAID},
        {"dose": None},
        {"weeks": UNSAID},
        {"benefit": UNSAID},
        {"benefit": None},
        {"name": "zzz"},
        {"name": "sertralin"},
        {"name": None},
        {"name": "imipramine"},
    ],
)
def test_what_is_not_known_of_a_trial_widens_the_count(change: dict[str, Any]) -> None:
    assert trials(change) == Interval(0, 1)
    assert trials({"name": "Effexor", "dose": 150}, change) == Interval(1, 2)


@pytest.mark.parametrize("change", [{"dose": UNSAID}, {"benefit": UNSAID}])
def test_what_is_not_known_does_not_matter_where_the_rest_settles_it(
    change: dict[str, Any],
) -> None:
    assert trials(change | {"weeks": 5}) == Interval(0, 0)


def test_one_drug_is_one_trial_however_often_it_was_tried() -> None:
    assert trials({}, {"name": "Zoloft 100 mg", "dose": 100}) == Interval(1, 1)
    assert trials({}, {"dose": UNSAID}) == Interval(1, 1)
    assert trials({"dose": 1}, {"dose": UNSAID}) == Interval(0, 1)
    assert trials({}, {"name": "venlafaxine", "dose": 75}) == Interval(2, 2)


def test_one_unknown_name_typed_twice_is_one_drug() -> None:
    assert trials({"name": "zzz"}, {"name": " ZZZ "}) == Interval(0, 1)


@pytest.mark.parametrize(
    ("one", "other"), [("zzz", "yyy"), ("锂", "舍曲林"), (None, None), (UNSAID, UNSAID)]
)
def test_unknown_names_may_be_two_drugs(one: Any, other: Any) -> None:
    assert trials({"name": one}, {"name": other}) == Interval(0, 2)


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ({}, Interval(1, 1)),
        ({"weeks": 6}, Interval(0, 0)),
        ({"stopped": "no-effect"}, Interval(0, 0)),
        ({"stopped": UNSAID}, Interval(0, 1)),
        ({"weeks": UNSAID}, Interval(0, 1)),
        ({"name": "zzz"}, Interval(0, 1)),
        ({"name": "quetiapine"}, Interval(0, 0)),
    ],
)
def test_stopping_early_for_side_effects_is_an_intolerance(
    change: dict[str, Any], count: Interval
) -> None:
    early = FAILED | {"weeks": 3, "stopped": "side-effects"} | change
    assert measure("intolerances", early) == count


@pytest.mark.parametrize(
    ("change", "unclear"),
    [
        ({}, 0),
        ({"dose": UNSAID}, 1),
        ({"weeks": None}, 1),
        ({"benefit": UNSAID}, 1),
        ({"name": "zzz"}, 1),
        ({"name": "sertralin"}, 1),
        ({"dose": 0, "weeks": 0}, 0),
    ],
)
def test_a_row_is_unclear_when_it_cannot_be_judged(
    change: dict[str, Any], unclear: int
) -> None:
    count = measure("unclear-rows", FAILED, FAILED | change)
    assert count == Interval(unclear, unclear)


@pytest.mark.parametrize(
    ("name", "dose", "equal"),
    [("diazepam", 8, 8), ("diazepam", 8.1, 8.1), ("Xanax", 0.5, 10), ("Xanax", 0, 0)],
)
def test_regular_benzodiazepines_are_weighed_as_diazepam(
    name: str, dose: float, equal: float
) -> None:
    assert diazepam((name, dose, "regular")) == Interval(equal, equal)


def test_what_is_taken_every_day_adds_up() -> None:
    rows = [("diazepam", 5, "regular"), ("Xanax", 0.5, "regular")]
    assert diazepam(*rows) == Interval(15, 15)
    assert diazepam(*rows, ("sertraline", 50, "regular")) == Interval(15, 15)


@pytest.mark.parametrize("dose", [20, UNSAID])
def test_what_is_taken_only_when_needed_is_left_out(dose: Any) -> None:
    rows = [("diazepam", 5, "regular"), ("Xanax", dose, "when-needed")]
    assert diazepam(*rows) == Interval(5, 5)


def test_a_dose_taken_in_a_way_not_told_counts_from_nothing_to_all() -> None:
    assert diazepam(("diazepam", 5, UNSAID)) == Interval(0, 5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "row",
    [
        ("diazepam", UNSAID, "regular"),
        ("diazepam", None, "regular"),
        ("bromazepam", 3, "regular"),
        ("zzz", 3, "regular"),
        ("diazepan", 3, "regular"),
        (None, 3, "regular"),
    ],
)
def test_a_dose_or_drug_not_known_has_no_upper_end(row: tuple[Any, Any, str]) -> None:
    assert diazepam(row, ("diazepam", 5, "regular")) == Interval(5, math.inf)


@pytest.mark.parametrize("whole", [False, None, UNSAID])
def test_a_list_not_declared_whole_has_no_upper_end(whole: Any) -> None:
    count = diazepam(("diazepam", 5, "regular"), whole=whole)
    assert count == Interval(5, math.inf)
