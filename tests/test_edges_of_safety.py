"""Every number a safety finding turns on, from both sides of it."""

from __future__ import annotations

import pytest

from tests.worked_answers import (
    BASE,
    MOOD,
    PAIN,
    WOMAN,
    Edge,
    assert_edge,
    auditc,
    family,
    mania,
    second,
    takes,
)

BACK = {"pain-kinds": ["back-neck"], "pain-dx": ["none"]}
ATTEMPT = {"asq-4": "yes", "asq-5": "no"}
LAST_MONTHS = {"asq-4-when": "past-3-months"}
LAST_YEAR = {"asq-4-when": "3-to-12-months"}
LONG_AGO = {"asq-4-when": "over-1-year"}

SAFETY_EDGES = [
    Edge("u-phq9-item9", MOOD, {"phq9-9": "several-days"}, {"phq9-9": "not-at-all"}),
    Edge(
        "s-under-18",
        BASE,
        {"birth-date": "2008-11-24"},
        {"birth-date": "2008-11-23"},
    ),
    Edge(
        "c-over-65",
        BASE,
        {"birth-date": "1960-11-23"},
        {"birth-date": "1960-11-24"},
    ),
    Edge("c-alcohol", BASE, auditc(4), auditc(3)),
    Edge("c-alcohol", BASE, auditc(3), auditc(2), WOMAN),
    Edge("c-alcohol", BASE, auditc(3), auditc(2), {"sex-at-birth": "other"}),
    Edge("c-drug-use", BASE, {"drug-use": 1}, {"drug-use": 0}),
    Edge("p-mania-now", BASE, mania(3), mania(2)),
    Edge("c-bipolar-suspected", MOOD, mania(3), mania(2)),
    Edge(
        "m-benzodiazepine-high",
        BASE,
        takes(("diazepam", 8.1)),
        takes(("diazepam", 8)),
    ),
    Edge(
        "m-benzodiazepine-high",
        BASE,
        takes(("Valium", 5), ("lorazepam", 0.31)),
        takes(("Valium", 5), ("lorazepam", 0.3)),
    ),
    Edge(
        "m-benzodiazepine-high",
        BASE,
        takes(("diazepam", 20)),
        takes(("diazepam", 20), use="when-needed"),
    ),
    Edge(
        "c-untried-back-neck",
        PAIN,
        family(physical="not-tried"),
        family(other="not-tried"),
        BACK,
    ),
    Edge(
        "c-heart-medicine",
        BASE,
        {"heart-vessels": ["none"]},
        {"heart-vessels": ["hbp-treated"]},
        {"med-heart": "yes"},
    ),
    Edge("c-heart-medicine", BASE, {"med-heart": "yes"}, {"med-heart": "no"}),
    Edge(
        "c-first-line-untried",
        MOOD,
        {"mood-meds-tried": "no"},
        {"mood-meds-tried": "yes"},
        {"therapy": "not-had"},
    ),
    Edge(
        "c-first-line-untried",
        MOOD,
        {"therapy": "not-had"},
        {"therapy": "helped"},
        {"mood-meds-tried": "no"},
    ),
    Edge("c-trial-unclear", MOOD, second("zzz"), second("venlafaxine")),
    Edge("u-recent-attempt", BASE, LAST_MONTHS, LAST_YEAR, ATTEMPT),
    Edge("u-recent-attempt", BASE, LAST_MONTHS, LONG_AGO, ATTEMPT),
]


@pytest.mark.parametrize("edge", SAFETY_EDGES, ids=str)
def test_a_safety_finding_is_met_at_its_edge_and_not_one_step_before(
    edge: Edge,
) -> None:
    assert_edge(edge)
