"""From findings to one outcome and one priority; the tables, row by row."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from screening.engine.evaluation import (
    Finding,
    Outcome,
    Priority,
    Result,
    beside_urgent,
)
from screening.engine.facts import NOT_ASKED, Interval
from screening.engine.protocol import Criterion, Kind, Protocol
from screening.engine.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.engine.making import (
    choice,
    criterion,
    indication,
    judge,
    protocol,
    rule,
    scored,
    total,
)

ANSWERS = {TRUE: "yes", FALSE: "no", UNKNOWN: None}
TRUTHS = [TRUE, FALSE, UNKNOWN]
LOW = criterion("low", Kind.INCLUSION, ("low", "=", "yes"))
MILD = criterion("mild", Kind.EXCLUSION, ("mild", "=", "yes"))
RED = criterion("red", Kind.URGENT, ("red", "=", "yes"), tier="b")


def _asking(*criteria: Criterion, judged: tuple[Criterion, ...] = (LOW,)) -> Protocol:
    """A protocol that asks one question for each criterion, of the same name."""
    codes = dict.fromkeys(c.code for c in (*judged, *criteria))
    items = tuple(choice(code) for code in codes)
    return protocol(items, indications=[indication(*judged)], safety=criteria)


def _judged(made: Protocol, **truths: Truth) -> Result:
    return judge(made, **{name: ANSWERS[truth] for name, truth in truths.items()})


GUARD = [
    (TRUE, FALSE, TRUE, False),
    (TRUE, TRUE, FALSE, True),
    (TRUE, UNKNOWN, UNKNOWN, False),
    (FALSE, FALSE, FALSE, False),
    (FALSE, TRUE, FALSE, False),
    (FALSE, UNKNOWN, FALSE, False),
    (UNKNOWN, TRUE, FALSE, True),
    (UNKNOWN, FALSE, UNKNOWN, False),
    (UNKNOWN, UNKNOWN, UNKNOWN, False),
]
EXCLUDING = _asking(RED, judged=(LOW, MILD))


@pytest.mark.parametrize(("mild", "red", "truth", "suppressed"), GUARD)
def test_an_exclusion_is_set_aside_by_an_urgent_finding(
    mild: Truth, red: Truth, truth: Truth, suppressed: bool
) -> None:
    finding = _judged(EXCLUDING, low=TRUE, mild=mild, red=red).findings["mild"]
    assert (finding.truth, finding.suppressed) == (truth, suppressed)


@pytest.mark.parametrize(("mild", "red", "truth", "suppressed"), GUARD)
def test_an_exclusion_that_stands_keeps_the_indication_from_being_met(
    mild: Truth, red: Truth, truth: Truth, suppressed: bool
) -> None:
    for low in TRUTHS:
        result = _judged(EXCLUDING, low=low, mild=mild, red=red)
        rungs = sorted((low, ~truth), key=[FALSE, UNKNOWN, TRUE].index)
        assert result.indications["low-mood"] is rungs[0]


def test_only_exclusions_are_set_aside() -> None:
    result = _judged(EXCLUDING, low=TRUE, mild=TRUE, red=TRUE)
    assert result.findings["low"].truth is TRUE
    assert result.findings["red"].truth is TRUE


def test_a_note_in_an_indication_decides_nothing() -> None:
    note = criterion("aside", Kind.NOTE, ("aside", "=", "yes"))
    made = _asking(judged=(LOW, note))
    for truth in TRUTHS:
        result = _judged(made, low=TRUE, aside=truth)
        assert result.indications["low-mood"] is TRUE
        assert result.findings["aside"].truth is truth


OUTCOMES = {
    (TRUE, TRUE): Outcome.POSSIBLE_CANDIDATE,
    (TRUE, FALSE): Outcome.POSSIBLE_CANDIDATE,
    (TRUE, UNKNOWN): Outcome.POSSIBLE_CANDIDATE,
    (UNKNOWN, TRUE): Outcome.MORE_INFORMATION_NEEDED,
    (UNKNOWN, FALSE): Outcome.MORE_INFORMATION_NEEDED,
    (UNKNOWN, UNKNOWN): Outcome.MORE_INFORMATION_NEEDED,
    (FALSE, TRUE): Outcome.MORE_INFORMATION_NEEDED,
    (FALSE, FALSE): Outcome.NO_INDICATION_FOUND,
    (FALSE, UNKNOWN): Outcome.NO_INDICATION_FOUND,
}


@pytest.mark.parametrize(("low", "red"), list(OUTCOMES))
def test_an_urgent_finding_never_lets_the_outcome_be_nothing_found(
    low: Truth, red: Truth
) -> None:
    assert _judged(_asking(RED), low=low, red=red).outcome is OUTCOMES[low, red]


@pytest.mark.parametrize(("one", "other"), list(product(TRUTHS, repeat=2)))
def test_the_outcome_is_that_of_the_best_indication(one: Truth, other: Truth) -> None:
    second = criterion("pain", Kind.INCLUSION, ("pain", "=", "yes"))
    made = protocol(
        (choice("low"), choice("pain")),
        indications=[indication(LOW), indication(second, code="pain")],
    )
    result = _judged(made, low=one, pain=other)
    assert result.indications == {"low-mood": one, "pain": other}
    best = max(one, other, key=[FALSE, UNKNOWN, TRUE].index)
    assert result.outcome is OUTCOMES[best, FALSE]


SAFETY: list[tuple[Kind, dict[str, Any], Truth, Priority]] = [
    (Kind.URGENT, {"tier": "c"}, TRUE, Priority.EMERGENCY),
    (Kind.URGENT, {"tier": "b"}, TRUE, Priority.NOW),
    (Kind.URGENT, {"tier": "a"}, TRUE, Priority.TODAY),
    (Kind.URGENT, {"tier": "c"}, UNKNOWN, Priority.TODAY),
    (Kind.URGENT, {"tier": "c"}, FALSE, Priority.ROUTINE),
    (Kind.STOP, {"calls_doctor": "met"}, TRUE, Priority.DOCTOR_FIRST),
    (Kind.STOP, {"calls_doctor": "met"}, UNKNOWN, Priority.ROUTINE),
    (Kind.STOP, {"calls_doctor": "met"}, FALSE, Priority.ROUTINE),
    (Kind.STOP, {"calls_doctor": "met-or-unknown"}, TRUE, Priority.DOCTOR_FIRST),
    (Kind.STOP, {"calls_doctor": "met-or-unknown"}, UNKNOWN, Priority.DOCTOR_FIRST),
    (Kind.STOP, {"calls_doctor": "met-or-unknown"}, FALSE, Priority.ROUTINE),
    (Kind.CAUTION, {}, TRUE, Priority.ROUTINE),
    (Kind.CAUTION, {}, UNKNOWN, Priority.ROUTINE),
    (Kind.CAUTION, {"calls_doctor": "met"}, TRUE, Priority.DOCTOR_FIRST),
    (Kind.POSTPONE, {}, TRUE, Priority.ROUTINE),
    (Kind.NOTE, {}, TRUE, Priority.ROUTINE),
]


@pytest.mark.parametrize(("kind", "more", "truth", "priority"), SAFETY)
def test_a_finding_calls_somebody_as_soon_as_its_kind_says(
    kind: Kind, more: dict[str, Any], truth: Truth, priority: Priority
) -> None:
    made = _asking(criterion("sign", kind, ("sign", "=", "yes"), **more))
    result = _judged(made, low=FALSE, sign=truth)
    expected = Priority.ASK if (kind, truth) == (Kind.URGENT, TRUE) else priority
    assert result.priority is min(expected, priority, key=lambda p: p.rank)


@pytest.mark.parametrize(
    ("low", "priority"),
    [(TRUE, Priority.SOON), (UNKNOWN, Priority.ASK), (FALSE, Priority.ROUTINE)],
)
def test_without_findings_the_outcome_gives_the_priority(
    low: Truth, priority: Priority
) -> None:
    assert _judged(_asking(), low=low).priority is priority


def test_beside_what_is_urgent_a_response_keeps_the_rank_of_the_rest() -> None:
    both = _judged(_asking(RED), low=TRUE, red=TRUE)
    calm = _judged(_asking(RED), low=TRUE, red=FALSE)
    assert both.priority is not calm.priority
    assert beside_urgent(both) is beside_urgent(calm) is calm.priority


def test_the_finding_that_is_read_first_names_the_priority() -> None:
    stop = criterion("stop", Kind.STOP, ("stop", "=", "yes"), calls_doctor="met")
    worse = criterion("worse", Kind.URGENT, ("worse", "=", "yes"), tier="c")
    made = _asking(stop, RED, worse)
    seen = _judged(made, low=TRUE, stop=TRUE, red=FALSE, worse=FALSE)
    assert seen.priority is Priority.DOCTOR_FIRST
    seen = _judged(made, low=TRUE, stop=TRUE, red=TRUE, worse=FALSE)
    assert seen.priority is Priority.NOW
    seen = _judged(made, low=TRUE, stop=TRUE, red=TRUE, worse=TRUE)
    assert seen.priority is Priority.EMERGENCY


def test_priorities_rank_from_emergency_to_routine() -> None:
    assert [priority.rank for priority in Priority] == list(range(7))
    assert Priority.EMERGENCY.rank < Priority.NOW.rank < Priority.TODAY.rank


def test_safety_never_takes_an_indication_away() -> None:
    criteria = [
        criterion(kind.value, kind, (kind.value, "=", "yes"), tier="c")
        for kind in (Kind.URGENT, Kind.STOP, Kind.CAUTION, Kind.POSTPONE)
    ]
    made = _asking(*criteria)
    result = judge(made, low="yes", **{c.code: "yes" for c in criteria})
    assert result.outcome is Outcome.POSSIBLE_CANDIDATE
    assert result.indications["low-mood"] is TRUE


def test_a_finding_reads_as_a_plain_word() -> None:
    words = [Finding(LOW, truth).word for truth in TRUTHS]
    assert words == ["met", "not-met", "unknown"]
    assert Finding(LOW, FALSE, asked=False).word == "not-asked"
    assert Finding(LOW, TRUE, asked=False).word == "met"


def test_a_finding_about_closed_questions_says_not_asked() -> None:
    gated = (choice("low", gate=rule(("start", "=", "yes"))), choice("also"))
    either = criterion(
        "either", Kind.CAUTION, [("low", "=", "yes"), ("also", "=", "yes")]
    )
    other = criterion("other", Kind.CAUTION, ("low", "!=", "yes"))
    made = protocol(
        choice("start"), gated, indications=[indication(LOW)], safety=[either, other]
    )
    result = judge(made, start="no", also="no")
    assert result.findings["low"].word == "not-asked"
    assert result.findings["either"].word == "not-met"
    assert result.findings["other"].word == "met"
    assert judge(made, also="no").findings["low"].word == "unknown"


def test_a_result_tells_its_scores_and_its_problems() -> None:
    gated = scored("one", gate=rule(("start", "=", "yes")))
    made = protocol(choice("start"), gated, scores=[total("sum", "one")])
    assert judge(made, start="yes", one="often").scores == {"sum": Interval(2, 2)}
    assert judge(made, start="no").scores == {"sum": NOT_ASKED}
    assert judge(made, start=5).problems == ["start: not one of the options"]
