"""What changed between two versions is told in plain words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from screening.services.protocol.comparing import what_changed
from tests.small_protocol import Document, clause, small_document

Change = Callable[[Document], object]


def criterion(document: Document) -> Document:
    return document["indications"][0]["criterion"][0]


def item(document: Document) -> Document:
    return document["sections"][0]["page"][0]["item"][0]


def page(document: Document) -> Document:
    return document["sections"][0]["page"][1]


CHANGES: list[tuple[Change, list[str]]] = [
    (lambda d: None, []),
    (lambda d: d["protocol"].update(version="2"), []),
    (
        lambda d: d["protocol"].update(title="Smaller"),
        ["The protocol: title “Small” becomes “Smaller”."],
    ),
    (
        lambda d: criterion(d)["clauses"][0][0].update(answer=1),
        [
            "Criterion low-severity of low-mood:"
            " wish-total at least 2 becomes at least 1."
        ],
    ),
    (
        lambda d: criterion(d)["clauses"][1][0].update(question="wish-1", answer="no"),
        ["Criterion low-severity of low-mood: low is yes becomes wish-1 is no."],
    ),
    (
        lambda d: criterion(d).update(clauses=[[clause("wish-total", "<", 2)]]),
        [
            "Criterion low-severity of low-mood: holds when “wish-total at least 2; and"
            " low is yes or wish-1 is yes” becomes “wish-total below 2”."
        ],
    ),
    (
        lambda d: page(d).pop("enable_when"),
        ["Page tried: asked when “low is yes” becomes “always”."],
    ),
    (
        lambda d: criterion(d).update(statement="Feels low"),
        [
            "Criterion low-severity of low-mood: statement “Wishes, and feels low”"
            " becomes “Feels low”."
        ],
    ),
    (
        lambda d: d["safety"].pop(),
        ["Criterion u-wish is removed."],
    ),
    (
        lambda d: d["safety"].append(d["safety"][0] | {"code": "u-more"}),
        ["Criterion u-more is added: Wished to be dead; holds when “wish-1 is yes”."],
    ),
    (
        lambda d: d["medicines"].append({"name": "heparin", "classes": ["none-known"]}),
        ["Medicine heparin is added."],
    ),
    (
        lambda d: item(d).pop("required"),
        ["Question low: required yes becomes no."],
    ),
    (
        lambda d: item(d).update(help="Take your time."),
        ["Question low: help “Take your time.” is added."],
    ),
    (
        lambda d: item(d)["option"][1].update(score=2),
        [
            "Question low: option code “yes”, text “Yes”, score 2.5 becomes"
            " code “yes”, text “Yes”, score 2."
        ],
    ),
    (
        lambda d: item(d)["option"].append({"code": "maybe", "text": "Maybe"}),
        ["Question low: option code “maybe”, text “Maybe” is added."],
    ),
    (
        lambda d: item(d)["option"].pop(0),
        ["Question low: option code “no”, text “No”, score 0 is removed."],
    ),
    (
        lambda d: item(d)["option"].__setitem__(0, {"code": "maybe", "text": "Maybe"}),
        [
            "Question low: option code “no”, text “No”, score 0 is removed.",
            "Question low: option code “maybe”, text “Maybe” is added.",
        ],
    ),
    (
        lambda d: item(d)["option"].reverse(),
        ["Question low: option: the order changes."],
    ),
    (
        lambda d: page(d)["item"][0]["field"][0].pop("maximum"),
        ["Row field try-dose: maximum 2.5 is removed."],
    ),
    (
        lambda d: d["instruments"][0]["score"][0]["part"].pop(),
        ["Score wish-total of wish: part clauses “low is yes” is removed."],
    ),
    (
        lambda d: page(d).update(enable_when=[]),
        ["Page tried: asked when “low is yes” becomes “always”."],
    ),
    (
        lambda d: d["instruments"][0]["item"][0].update(text="Do you wish to be dead?"),
        [
            "Question wish-1 of wish: text “Have you wished that you were dead?”"
            " becomes “Do you wish to be dead?”."
        ],
    ),
    (
        lambda d: page(d)["item"].append(d["sections"][0]["page"][0]["item"].pop(0)),
        ["Question low: place “mood” becomes “tried”.", "The order changes."],
    ),
    (
        lambda d: d["sources"].reverse(),
        ["The order changes."],
    ),
]


@pytest.mark.parametrize(("change", "told"), CHANGES, ids=range(len(CHANGES)))
def test_a_change_is_told_in_plain_words(change: Change, told: list[str]) -> None:
    new = small_document()
    change(new)
    assert what_changed(small_document(), new) == told
