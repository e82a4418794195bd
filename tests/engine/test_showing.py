"""Whoever is told that nobody or everybody meets a rule is shown what was tried."""

from __future__ import annotations

from screening.engine.checking import check_with_notes
from screening.engine.proving import STATES, Claim, prove, whatever_the_number
from screening.engine.showing import (
    clause_in_words,
    group_in_words,
    why_always,
    why_any_number,
    why_clash,
    why_never,
)
from tests.engine.making import (
    MEDICINES,
    asks,
    choice,
    protocol,
    rule,
    scored,
    ticks,
    total,
)
from tests.small_protocol import clause, small_document

START = choice("start")
MADE = protocol(
    START,
    (
        choice("gated", gate=rule(("start", "=", "yes"))),
        choice("colour", *(f"c{n}" for n in range(14)), can_decline=True),
        ticks("why", "a", "b", "none", can_be_unknown=True),
        asks("whole", "boolean"),
        asks("days", "integer", minimum=0, maximum=31, not_applicable="No days"),
        asks("mg", "decimal", minimum=0),
        asks("born", "date", can_be_unknown=True),
        asks("list", "group", fields=(asks("name", "lookup", role="name"),)),
        scored("one"),
    ),
    scores=[total("sum", "one"), total("part", "one", kind="mean")],
    medicines=MEDICINES,
)


def test_a_part_that_no_answers_meet_is_named_with_all_that_was_tried() -> None:
    assert why_never(MADE, rule(("days", ">=", 32), ("whole", "=", True))) == (
        "No answers make this true: “What days?” is at least 32.",
        "All 3 combinations of the answers that matter were tried; none meets it:",
        "“What days?”, from 0 to 31: 0, 31 or “No days”.",
    )


def test_parts_that_contradict_each_other_are_named_and_no_others() -> None:
    parts = (("mg", ">", 8), ("whole", "=", True), ("mg", "<", 8))
    assert why_never(MADE, rule(*parts)) == (
        "These can never hold together: (1) “What mg?” is more than 8; "
        "(2) “What mg?” is less than 8.",
        "All 4 combinations of the answers that matter were tried; none meets it:",
        "“What mg?”, 0 or more: 0, 7.5, 8 or 8.5.",
    )


def test_a_part_that_only_opens_a_question_says_which() -> None:
    impossible = rule(("gated", "=", "yes"), ("start", "=", "no"))
    opened = rule(*(("gated", "=", "yes"), ("start", "=", "no"), ("start", "=", "yes")))
    assert prove(MADE, impossible) is Claim.SOMETIMES
    assert why_never(MADE, opened) == (
        "These can never hold together: (1) “Is it start?” is “It is no”; "
        "(2) “Is it start?” is “It is yes”.",
        "“Is it gated?” is asked only when (2) holds.",
        "Both answers that matter were tried; none meets it:",
        "“Is it start?”: “It is yes” or “It is no”.",
    )


def test_a_question_that_can_never_open_takes_what_reads_it_along() -> None:
    shut = choice("shut", gate=rule(("days", ">=", 32)))
    days = asks("days", "integer", minimum=0, maximum=31)
    made = protocol(days, shut)
    never = rule(("shut", "=", "yes"), ("days", ">=", 32))
    assert why_never(made, never)[:2] == (
        "No answers make this true: “What days?” is at least 32.",
        "“Is it shut?” is asked only when that holds.",
    )


def test_a_rule_that_everybody_meets_shows_every_state() -> None:
    assert why_always(MADE, rule([("whole", "=", True), ("whole", "!=", True)])) == (
        "Both answers that matter were tried; each meets it:",
        "“What whole?”: Yes or No.",
    )
    assert why_always(MADE, rule(("sum", ">=", 0))) == (
        "Both answers that matter were tried; each meets it:",
        "“Sum”, 0 or more: 0 or 1.",
    )


def test_a_comparison_that_no_number_fails_shows_their_range() -> None:
    for clauses in (("days", ">=", 0), ("mg", ">", -1)):
        ((tested,),) = rule(clauses)
        assert whatever_the_number(MADE, tested)
    ((days,),) = rule(("days", "<=", 31))
    assert why_any_number(MADE, days) == (
        "“What days?”, from 0 to 31: each of these meets it.",
    )
    for clauses in (("days", ">=", 1), ("whole", "=", True), ("start", "=", "yes")):
        ((tested,),) = rule(clauses)
        assert not whatever_the_number(MADE, tested)


def test_whoever_is_excluded_is_counted() -> None:
    red, not_blue = rule(("colour", "=", "c1")), rule(("colour", "!=", "c2"))
    first, values = why_clash(MADE, red, not_blue)
    assert first.endswith("; 1 of them meet it, and each of those is excluded:")
    assert values.endswith("“It is c10”, “It is c11” and 3 more.")


def test_each_kind_of_answer_has_its_words() -> None:
    both = rule(("why", "=", "a"), ("why", "=", "none"))
    assert "“It is a” with “I do not know”" in why_never(MADE, both)[-1]
    listed = rule(("list.class", "=", "opioid"), ("list.class", "!=", "opioid"))
    assert why_never(MADE, listed)[-1] == (
        "“What list? (kind of medicine)”: none of these or “opioid”."
    )
    born = rule(("born", "=", "asked-unknown"), ("born", "!=", "asked-unknown"))
    assert why_never(MADE, born)[-1] == "“What born?”: any answer or “I do not know”."
    gated = rule(("gated", "=", "yes"), ("gated", "=", "no"))
    assert why_never(MADE, gated)[-1].endswith("“It is no” or not asked.")


def test_answers_to_one_question_are_told_together() -> None:
    (group,) = rule([("start", "=", "yes"), ("start", "=", "no"), ("mg", ">", 3)])
    assert group_in_words(MADE, group) == (
        "“Is it start?” is “It is yes” or “It is no” or “What mg?” is more than 3"
    )
    assert clause_in_words(MADE, rule(("start", "!=", "no"))[0][0]) == (
        "“Is it start?” is not “It is no”"
    )


def test_a_score_of_whole_numbers_is_tried_on_whole_numbers_alone() -> None:
    between = ((">", 7), ("<", 8))
    assert prove(MADE, rule(*(("sum", *each) for each in between))) is Claim.NEVER
    assert prove(MADE, rule(*(("part", *each) for each in between))) is Claim.SOMETIMES


def test_what_is_not_proved_says_of_what_and_how_many_were_tried() -> None:
    document = small_document()
    asked, later = document["sections"][0]["page"]
    asked["item"] += [asked["item"][0] | {"link_id": f"q-{n}"} for n in range(20)]
    many = [[clause(f"q-{n}", "=", "yes")] for n in range(20)]
    wide = [*many, [clause("q-19", "=", "no")]]
    later["item"][0]["enable_when"] = wide
    criteria = document["indications"][0]["criterion"]
    for code, kind in (("half", "inclusion"), ("rest", "inclusion"), ("out", "")):
        said = {"code": code, "kind": kind or "exclusion", "statement": code}
        criteria.append(criteria[0] | said | {"clauses": wide})
    criteria[1]["clauses"] = many[:12]
    criteria[2]["clauses"] = [*many[8:], [clause("q-0", "=", "no")]]
    mistakes, notes = check_with_notes(document)
    assert [each.code for each in mistakes if each.code == "contradicts"] == []
    said = [(each.place, each.message.partition(" not proved: ")[0]) for each in notes]
    assert said == [
        ("out", "whether it can be met and can fail is"),
        ("half", "whether it can hold together with “rest” is"),
        ("half", "whether “out” excludes everyone who meets it is"),
        ("rest", "whether “out” excludes everyone who meets it is"),
        ("tries", "whether it can ever be asked is"),
    ]
    assert all(f"more than {STATES:,} ways" in each.message for each in notes)
