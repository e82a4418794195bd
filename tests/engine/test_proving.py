"""What is claimed about a rule is true of every finished set of answers."""

from __future__ import annotations

from typing import Any

import pytest

from screening.engine.document import build
from screening.engine.proving import Claim, clash, prove, with_gates
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
from tests.small_protocol import small_document

START = choice("start")
GATED = choice("gated", gate=rule(("start", "=", "yes")))
MADE = protocol(
    START,
    (
        GATED,
        choice("colour", "red", "blue", "green", can_decline=True),
        ticks("why", "a", "b", "none", can_be_unknown=True, can_decline=True),
        ticks("both", "a", "b"),
        ticks("sure", "a", "b", can_be_unknown=True, unknown_is_exclusive=True),
        asks("whole", "boolean"),
        asks("days", "integer", minimum=0, maximum=31, not_applicable="No days"),
        asks("mg", "decimal", minimum=0),
        asks("born", "date", can_be_unknown=True),
        asks("list", "group", fields=(asks("name", "lookup", role="name"),)),
        scored("one"),
    ),
    scores=[total("sum", "one")],
    medicines=MEDICINES,
)
NEVER, ALWAYS, SOMETIMES = Claim.NEVER, Claim.ALWAYS, Claim.SOMETIMES

CLAIMS: list[tuple[tuple[Any, ...], Claim]] = [
    ((("colour", "=", "red"),), SOMETIMES),
    ((("colour", "=", "red"), ("colour", "=", "blue")), NEVER),
    (([("colour", "=", "red"), ("colour", "!=", "red")],), SOMETIMES),
    (([("start", "=", "yes"), ("start", "!=", "yes")],), ALWAYS),
    (([("start", "=", "yes"), ("start", "=", "no")],), ALWAYS),
    (([("gated", "=", "yes"), ("gated", "=", "no")],), SOMETIMES),
    ((("colour", "=", "asked-declined"),), SOMETIMES),
    ((("colour", "=", "asked-declined"), ("colour", "=", "red")), NEVER),
    ((("why", "=", "a"), ("why", "=", "b")), SOMETIMES),
    ((("why", "=", "a"), ("why", "=", "asked-unknown")), SOMETIMES),
    ((("why", "=", "a"), ("why", "=", "none")), NEVER),
    ((("why", "=", "a"), ("why", "=", "asked-declined")), NEVER),
    ((("sure", "=", "a"), ("sure", "=", "asked-unknown")), NEVER),
    (([("both", "=", "a"), ("both", "=", "b")],), ALWAYS),
    ((("both", "!=", "a"), ("both", "!=", "b")), NEVER),
    ((("whole", "=", True),), SOMETIMES),
    ((("whole", "=", True), ("whole", "=", False)), NEVER),
    ((("days", ">=", 8),), SOMETIMES),
    ((("days", ">=", 32),), NEVER),
    ((("days", ">", 7), ("days", "<", 8)), NEVER),
    (([("days", ">=", 0), ("days", "=", "not-applicable")],), ALWAYS),
    ((("days", ">=", 0),), SOMETIMES),
    ((("mg", ">", 7), ("mg", "<", 8)), SOMETIMES),
    ((("mg", "<", 0),), NEVER),
    ((("mg", ">=", 0),), ALWAYS),
    ((("born", "=", "asked-unknown"),), SOMETIMES),
    ((("sum", ">=", 3),), SOMETIMES),
    ((("sum", "<", 0),), NEVER),
    ((("sum", ">=", 0),), ALWAYS),
    ((("list.class", "=", "opioid"),), SOMETIMES),
    ((("list.class", "=", "opioid"), ("list.class", "=", "sri")), SOMETIMES),
    ((("list.class", "=", "opioid"), ("list.class", "!=", "opioid")), NEVER),
]


@pytest.mark.parametrize(("groups", "claim"), CLAIMS, ids=str)
def test_a_claim_is_what_every_state_says(
    groups: tuple[Any, ...], claim: Claim
) -> None:
    assert prove(MADE, rule(*groups)) is claim


def test_a_rule_that_is_unknown_and_else_true_is_sometimes_met() -> None:
    assert (
        prove(MADE, rule([("colour", "=", "red"), ("colour", "=", "blue")]))
        is SOMETIMES
    )


def test_more_states_than_can_be_tried_prove_nothing() -> None:
    many = tuple(choice(f"q-{n}") for n in range(15))
    made = protocol(many)
    groups = [(f"q-{n}", "=", "yes") for n in range(15)]
    assert prove(made, rule(*groups[:14])) is SOMETIMES
    impossible = rule(*groups, ("q-14", "=", "no"))
    assert prove(made, impossible) is Claim.NOT_PROVED
    assert not clash(made, impossible, impossible)


def test_a_clash_is_an_exclusion_that_takes_everybody() -> None:
    red, not_blue = rule(("colour", "=", "red")), rule(("colour", "!=", "blue"))
    assert clash(MADE, red, red)
    assert clash(MADE, red, not_blue)
    assert not clash(MADE, not_blue, red)
    assert not clash(MADE, rule(("days", ">=", 32)), red)


def test_a_rule_needs_the_gates_of_the_questions_it_cannot_do_without() -> None:
    inner = choice("inner", gate=rule(("gated", "=", "yes")))
    made = protocol(START, GATED, inner)
    alone = rule(("inner", "=", "yes"))
    assert with_gates(made, alone) == rule(
        *(("inner", "=", "yes"), ("gated", "=", "yes"), ("start", "=", "yes"))
    )
    impossible = rule(("inner", "=", "yes"), ("start", "=", "no"))
    assert prove(made, impossible) is SOMETIMES
    assert prove(made, with_gates(made, impossible)) is NEVER


@pytest.mark.parametrize(
    "group", [("gated", "!=", "yes"), [("gated", "=", "yes"), ("start", "=", "no")]]
)
def test_a_rule_that_holds_without_its_question_does_not_need_its_gate(
    group: Any,
) -> None:
    assert with_gates(MADE, rule(group)) == rule(group)


def test_a_medicine_class_needs_its_list() -> None:
    gate = rule(("start", "=", "yes"))
    listed = asks("list", "group", gate=gate, fields=(asks("name", "lookup"),))
    made = protocol(START, listed, medicines=MEDICINES)
    opioid = rule(("list.class", "=", "opioid"))
    assert with_gates(made, opioid) == (*opioid, *gate)


def test_a_score_may_be_closed_with_its_questions() -> None:
    document = small_document()
    document["sections"][0]["page"][1]["item"][0] |= {"can_be_unknown": True}
    made = build(document)
    assert prove(made, rule(("wish-total", ">=", 0))) is ALWAYS
    assert prove(made, rule(("tries", "=", "asked-unknown"))) is SOMETIMES
