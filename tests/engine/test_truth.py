"""Kleene's tables, whole."""

from __future__ import annotations

from itertools import product

import pytest

from screening.engine.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of

# From the least to the most true: "and" takes the least, "or" takes the most.
LADDER = [FALSE, UNKNOWN, TRUE]
PAIRS = list(product(LADDER, repeat=2))


@pytest.mark.parametrize("truth", LADDER)
def test_a_truth_has_no_plain_true_or_false(truth: Truth) -> None:
    with pytest.raises(TypeError, match="`is`"):
        bool(truth)


def test_not_turns_true_and_false_round_and_leaves_unknown() -> None:
    assert [~truth for truth in LADDER] == [TRUE, UNKNOWN, FALSE]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_all_of_is_the_least_true_and_any_of_the_most(one: Truth, other: Truth) -> None:
    rungs = sorted((one, other), key=LADDER.index)
    assert all_of((one, other)) is rungs[0]
    assert any_of((one, other)) is rungs[1]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_not_all_is_any_not(one: Truth, other: Truth) -> None:
    assert ~all_of((one, other)) is any_of((~one, ~other))


def test_all_of_nothing_is_true_and_any_of_nothing_is_false() -> None:
    assert all_of(()) is TRUE
    assert any_of(()) is FALSE


def test_the_first_answer_that_settles_it_is_the_last_that_is_read() -> None:
    read = iter((UNKNOWN, FALSE, TRUE))
    assert all_of(read) is FALSE
    assert list(read) == [TRUE]
    read = iter((UNKNOWN, TRUE, FALSE))
    assert any_of(read) is TRUE
    assert list(read) == [FALSE]


def test_a_truth_reads_as_its_word() -> None:
    assert [str(truth) for truth in LADDER] == ["false", "unknown", "true"]
