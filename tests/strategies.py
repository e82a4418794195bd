"""Random answers to the protocol that ships, drawn from what its questions offer."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from screening.engine.protocol import ABSENT, DECLINED, NOT_KNOWN, Item
from tests.golden import VIGNETTES, Answers, protocol, vignette

Strategy = st.SearchStrategy[Any]

ITEMS = list(protocol().item.values())
PATIENTS = [vignette(path).answers for path in sorted(VIGNETTES.glob("*.toml"))]
NAMES = ["sertraline", "Zoloft 50 mg", "venlafaxine", "lithium", "Valium", "Xanax"]
NAMES += ["clonazepam", "oxycodone", "sertralin", "zzz", "锂", "quetiapine", "none"]


def answers(*, at_most: int = 12) -> Strategy:
    """A worked patient, or nobody, with some questions answered anew or left blank."""
    one = st.sampled_from(ITEMS).flatmap(
        lambda item: st.tuples(st.just(item.link_id), st.none() | fitting(item))
    )
    changes = st.lists(one, max_size=at_most).map(dict)
    return st.builds(_changed, st.sampled_from([{}, *PATIENTS]), changes)


def _changed(patient: Answers, changes: Answers) -> Answers:
    changed = patient | changes
    return {name: raw for name, raw in changed.items() if raw is not None}


def fitting(item: Item) -> Strategy:
    """Every kind of answer that the question offers."""
    offered = [real(item), *(st.just({"absent": code}) for code in absent(item))]
    if item.not_applicable:
        offered.append(st.just("not-applicable"))
    return st.one_of(offered)


def absent(item: Item) -> list[str]:
    """Return the ways not to answer that the question offers."""
    offered = {DECLINED: item.can_decline, NOT_KNOWN: item.can_be_unknown}
    return [code for code in sorted(ABSENT) if offered[code]]


def real(item: Item) -> Strategy:
    low = 0 if item.minimum is None else item.minimum
    high = 100 if item.maximum is None else item.maximum
    match item.type:
        case "boolean":
            return st.booleans()
        case "choice":
            return st.sampled_from(sorted(item.codes))
        case "multi-choice":
            return _ticks(item)
        case "integer":
            return st.integers(int(low), int(high))
        case "decimal":
            return st.integers(int(low), int(high)) | st.floats(low, high)
        case "date":
            return st.dates(date(1930, 1, 1), date(2026, 11, 23)).map(date.isoformat)
        case "group":
            return st.lists(_row(item), min_size=1, max_size=3)
        case "lookup":
            return st.sampled_from(NAMES)
    return st.text(min_size=1, max_size=9)


def _ticks(item: Item) -> Strategy:
    codes = sorted(item.codes - {"none"})
    if item.can_be_unknown and not item.unknown_is_exclusive:
        codes.append(NOT_KNOWN)
    ticked = st.lists(st.sampled_from(codes), min_size=1, max_size=4, unique=True)
    return ticked | st.just(["none"]) if "none" in item.codes else ticked


def _row(item: Item) -> Strategy:
    every = {field.link_id: fitting(field) for field in item.fields}
    needed = {f.link_id: every.pop(f.link_id) for f in item.fields if f.required}
    return st.fixed_dictionaries(needed, optional=every)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**400, -(10**400), 2**63, 0, -1])
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.text(max_size=9)
    | st.sampled_from(["\ud800", "\x00", "asked-unknown", "not-applicable", "none"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5) | st.just("absent"), inner, max_size=3)
    ),
    max_leaves=8,
)

_WRONG: dict[str, Strategy] = {
    "boolean": st.integers() | st.sampled_from(["yes", "true", [True], 0.0]),
    "choice": st.booleans()
    | st.integers()
    | st.just("no such code")
    | st.just(["yes"]),
    "multi-choice": st.integers() | st.sampled_from(["none", ["no such"], [1], [[]]]),
    "integer": st.booleans() | st.sampled_from(["3", 2.5, -1, 10**400, float("nan")]),
    "decimal": st.booleans() | st.sampled_from(["3", -0.5, float("inf"), -(10**400)]),
    "text": st.booleans() | st.integers() | st.just(["words"]),
    "date": st.integers() | st.sampled_from(["soon", "19840501", "1984-02-30", True]),
    "group": st.sampled_from(["rows", [1], [[]], [{"no such": 1}], 5, True]),
}


def misfits(item: Item) -> Strategy:
    """Answers that cannot be one to this question."""
    reasons = st.sampled_from([{}, {"absent": "mislaid"}, {"absent": 1}, {"a": "b"}])
    return _WRONG[item.type] | reasons
