"""Why a finding came out as it did, and what would settle what is unknown."""

from __future__ import annotations

import math
from typing import Any

import pytest

from screening.engine.evaluation import Result
from screening.engine.explanation import Evidence, explain, missing, report_scores
from screening.engine.protocol import Band, Kind, Part, Protocol, Score
from tests.engine.making import (
    DECLINED_ANSWER,
    MEDICINES,
    UNKNOWN_ANSWER,
    asks,
    choice,
    criterion,
    indication,
    judge,
    protocol,
    rule,
    scored,
    ticks,
    total,
)

GATE = rule(("start", "=", "yes"))
LOW = criterion("low", Kind.INCLUSION, [("low", "=", "yes"), ("sum", ">=", 3)])
MILD = criterion("mild", Kind.EXCLUSION, ("mild", "=", "yes"))
RED = criterion(
    "red", Kind.URGENT, [("red", "=", "yes"), ("call", "=", "yes")], tier="b"
)
MADE = protocol(
    choice("start"),
    (choice("low"), scored("one", gate=GATE), scored("two", gate=GATE)),
    (choice("mild"), choice("red"), choice("call", hidden=True)),
    scores=[total("sum", "one", "two", bands=(Band(0, 2, "few"), Band(3, 4, "many")))],
    indications=[indication(LOW, MILD)],
    safety=[RED],
)
CALM = {"start": "yes", "low": "no", "mild": "no", "red": "no"}


def why(result: Result, code: str) -> tuple[tuple[Evidence, ...], ...]:
    return explain(result, result.findings[code]).groups


def words_of(result: Result, code: str) -> list[str]:
    return [each.word for group in why(result, code) for each in group]


def lacking(made: Protocol = MADE, **answers: Any) -> list[str]:
    return missing(judge(made, **answers))["low-mood"]


def test_evidence_says_what_was_asked_and_what_was_said() -> None:
    result = judge(MADE, **CALM | {"low": "yes", "one": "often", "two": "often"})
    (chosen, counted) = why(result, "low")[0]
    assert chosen == Evidence(
        question="low",
        asks="Is it low?",
        rule="Is it low?: is “It is yes”",
        said=("It is yes",),
        word="met",
        because_of=("low",),
    )
    assert counted.said == ("4",)
    assert counted.rule == "Sum: at least 3"
    assert counted.because_of == ("one", "two")


def test_each_clause_of_a_finding_has_its_own_word() -> None:
    result = judge(MADE, **CALM | {"one": "often"})
    assert words_of(result, "low") == ["not-met", "unknown"]
    assert words_of(judge(MADE, **CALM | {"start": "no"}), "low") == [
        *("not-met", "not-asked")
    ]
    assert words_of(judge(MADE), "low") == ["unknown", "unknown"]


def test_evidence_stands_in_the_groups_of_its_rule() -> None:
    both = criterion(
        "both", Kind.CAUTION, ("one", "=", "often"), ("two", "!=", "never")
    )
    made = protocol((scored("one"), scored("two")), safety=[both])
    result = judge(made, one="often", two=DECLINED_ANSWER)
    groups = why(result, "both")
    assert [[each.word for each in group] for group in groups] == [["met"], ["unknown"]]
    assert groups[1][0].said == ("I would rather not say",)


def test_what_is_closed_was_not_said() -> None:
    gated = choice("low", gate=GATE)
    other = criterion("other", Kind.CAUTION, ("low", "!=", "yes"))
    made = protocol(choice("start"), gated, safety=[other])
    (evidence,) = why(judge(made, start="no", low="yes"), "other")[0]
    assert (evidence.word, evidence.said) == ("met", ())
    (evidence,) = why(judge(made, low="yes"), "other")[0]
    assert (evidence.word, evidence.said) == ("unknown", ())


def test_medicines_are_told_row_by_row() -> None:
    fields = (asks("name", "lookup", role="name"), asks("mg", "decimal", role="dose"))
    listed = asks("list", "group", fields=fields)
    opioid = criterion("opioid", Kind.CAUTION, ("list.class", "=", "opioid"))
    made = protocol(listed, safety=[opioid], medicines=MEDICINES)
    rows = [{"name": "Tylenol 3", "mg": 30}, {"name": "zzz", "mg": UNKNOWN_ANSWER}]
    (evidence,) = why(judge(made, list=rows), "opioid")[0]
    assert evidence.said == ("Tylenol 3, 30", "zzz, I do not know")
    assert evidence.asks == "What list? (kind of medicine)"
    assert evidence.because_of == ("list",)


def test_a_clause_about_nothing_is_told_by_its_name() -> None:
    odd = criterion("odd", Kind.CAUTION, ("stranger", "=", "yes"))
    (evidence,) = why(judge(protocol(choice("one"), safety=[odd])), "odd")[0]
    assert (evidence.asks, evidence.said, evidence.word) == ("stranger", (), "unknown")


def test_only_unknown_indications_lack_an_answer() -> None:
    assert missing(judge(MADE, **CALM | {"low": "yes"})) == {}
    assert missing(judge(MADE, **CALM | {"start": "no"})) == {}
    assert missing(judge(MADE, **CALM)) == {"low-mood": ["one", "two"]}


def test_missing_answers_come_in_the_order_in_which_they_are_asked() -> None:
    assert lacking(start="yes", red="no") == ["low", "one", "two", "mild"]
    assert lacking(start="yes", one="often", mild="no") == ["low", "two"]


def test_a_question_closed_for_now_brings_the_one_that_keeps_it_closed() -> None:
    assert lacking(low="no", mild="no") == ["start", "one", "two"]
    assert lacking(low="no", mild="no", start=DECLINED_ANSWER) == [
        "start",
        "one",
        "two",
    ]


def test_a_refusal_and_a_wrong_answer_are_asked_again() -> None:
    answers = CALM | {"one": DECLINED_ANSWER, "two": "sometimes often"}
    assert lacking(**answers) == ["one", "two"]


def test_a_clause_that_is_settled_asks_nothing_more() -> None:
    declined = CALM | {"low": DECLINED_ANSWER, "one": "never", "two": "never"}
    assert lacking(**declined) == ["low"]


def test_an_exclusion_that_waits_for_an_urgent_finding_asks_for_that() -> None:
    assert lacking(start="yes", low="yes", mild="yes") == ["red"]
    assert lacking(start="yes", low="yes") == ["mild", "red"]
    assert lacking(start="yes", low="yes", mild="yes", red=DECLINED_ANSWER) == ["red"]


def test_an_inclusion_does_not_wait_for_an_urgent_finding() -> None:
    assert lacking(start="yes", mild="no") == ["low", "one", "two"]


def test_ticks_left_open_and_rows_not_clear_are_asked_again() -> None:
    listed = asks("list", "group", fields=(asks("name", "lookup", role="name"),))
    opioid = criterion(
        "opioid", Kind.INCLUSION, [("list.class", "=", "opioid"), ("why", "=", "a")]
    )
    made = protocol(
        (ticks("why", "a", "b"), listed),
        indications=[indication(opioid)],
        medicines=MEDICINES,
    )
    rows = [{"name": "zzz"}]
    assert lacking(made, why=["b", "asked-unknown"], list=rows) == ["why", "list"]
    assert lacking(made, why=["b"], list=rows) == ["list"]


def test_a_part_that_is_closed_for_certain_is_not_asked_for() -> None:
    parts = tuple(Part(rule=rule((name, "=", "often"))) for name in ("one", "two"))
    gated = (scored("one", gate=GATE), scored("two"))
    made = protocol(
        choice("start"),
        gated,
        scores=[Score("sum", "Sum", "sum", 0, 2, parts)],
        indications=[indication(criterion("l", Kind.INCLUSION, ("sum", ">=", 1)))],
    )
    assert lacking(made, start="no") == ["two"]
    assert lacking(made, start="yes") == ["one", "two"]


def test_a_note_is_not_asked_about() -> None:
    aside = criterion("aside", Kind.NOTE, ("mild", "=", "yes"))
    made = protocol(
        (choice("low"), choice("mild")),
        indications=[
            indication(criterion("l", Kind.INCLUSION, ("low", "=", "yes")), aside)
        ],
    )
    assert lacking(made) == ["low"]


REPORTS: list[tuple[dict[str, Any], tuple[object, ...]]] = [
    ({"start": "yes", "one": "often", "two": "often"}, (4, 4, 4, "many", 2, True)),
    ({"start": "yes", "one": "often", "two": "never"}, (2, 2, 2, "few", 2, True)),
    ({"start": "yes", "one": "often"}, (2, 4, None, "", 1, True)),
    ({"start": "yes", "two": DECLINED_ANSWER}, (0, 4, None, "", 0, True)),
    ({"start": "no"}, (0, math.inf, None, "", 0, False)),
]


@pytest.mark.parametrize(("answers", "expected"), REPORTS)
def test_a_score_shows_value_and_band_only_when_every_part_is_known(
    answers: dict[str, Any], expected: tuple[object, ...]
) -> None:
    report = report_scores(judge(MADE, **answers))["sum"]
    low, high, value, band, answered, asked = expected
    assert (report.low, report.high, report.value) == (low, high, value)
    assert (report.band, report.answered, report.asked) == (band, answered, asked)
    assert (report.code, report.title, report.of) == ("sum", "Sum", 2)


def test_a_report_in_json_has_no_infinity() -> None:
    reports = [report_scores(judge(MADE, start=s))["sum"] for s in ("yes", "no")]
    assert [report.as_json["high"] for report in reports] == [4, None]
    assert reports[0].as_json == {
        **{"low": 0, "high": 4, "value": None, "band": ""},
        **{"answered": 0, "of": 2},
    }


def test_a_score_above_its_last_band_has_none() -> None:
    few = Score(
        "sum", "Sum", "sum", 0, None, total("s", "one").parts, (Band(0, 1, "few"),)
    )
    made = protocol(scored("one"), scores=[few])
    assert report_scores(judge(made, one="often"))["sum"].band == ""
