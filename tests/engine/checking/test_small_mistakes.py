"""Mistakes that the protocol that ships is too whole to be given, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from screening.engine.checking import Mistake, check, check_with_notes
from screening.engine.document import fingerprint
from tests.breaking import alone, clause, item, page
from tests.small_protocol import Document, small_document

Spoil = Callable[[Document], object]
OTHER = {"code": "own", "title": "Own", "kind": "sum", "minimum": 0, "maximum": 1}
TRIES = {
    "code": "own",
    "title": "Own",
    "kind": "unclear-rows",
    "minimum": 0,
    "group": "tries",
}
FIELD = {"link_id": "try-more", "type": "text", "text": "What more?"}
MEDICINE = {"name": "other", "classes": ["none-known"]}


def _choice(document: Document) -> Any:
    return item(document, "low")


def _field(document: Document) -> Any:
    return item(document, "try-dose")


def _tries(document: Document) -> Any:
    return item(document, "tries")


def _fields(*changes: Document) -> Spoil:
    """Add fields to the list, each with its own change."""
    more = [FIELD | {"link_id": f"try-{n}"} | c for n, c in enumerate(changes)]
    return lambda d: _tries(d)["field"].extend(more)


def _scores(*tables: Document) -> Spoil:
    return lambda d: d.update(scores=list(tables))


def _parts(*parts: Document) -> Spoil:
    return _scores(OTHER | {"part": list(parts)})


def _medicines(*changes: Document) -> Spoil:
    return lambda d: d["medicines"].extend(MEDICINE | change for change in changes)


MISTAKES: list[tuple[str, str, Spoil]] = [
    ("never-asked", "protocol", lambda d: d.update(sections=[])),
    ("words", "mood", lambda d: page(d, "mood").update(title=" ")),
    ("words", "low", lambda d: _choice(d)["option"][0].update(text="")),
    ("type", "low", lambda d: _choice(d).pop("option")),
    ("name", "low", lambda d: _choice(d)["option"][0].update(code="Not at all")),
    ("name", "first--page", lambda d: page(d, "mood").update(slug="first--page")),
    ("type", "tries", lambda d: _tries(d).pop("field")),
    ("type", "low", lambda d: _choice(d).update(field=[FIELD])),
    ("rows", "tries", _fields({"type": "decimal", "role": "dose"})),
    ("rows", "try-0", _fields({"type": "group", "field": [FIELD]})),
    ("rows", "try-0", _fields({"hidden": True})),
    ("rows", "try-0", _fields({"enable_when": alone("low", "=", "yes")})),
    ("rows", "try-0", _fields({"role": "weeks"})),
    (
        "rows",
        "try-0",
        _fields(
            {
                "role": "use",
                "type": "choice",
                "option": [{"code": "regular", "text": "Daily"}],
            }
        ),
    ),
    ("rows", "tries", lambda d: _tries(d).update(carried_from="low")),
    ("rows", "own", _scores(TRIES)),
    ("nothing-is-enough", "own", _scores(OTHER)),
    ("parts", "own", _parts({})),
    ("parts", "own", _parts({"item": "low", "score": "wish-total"})),
    ("parts", "own", _parts({"item": "low", "at_most": 1})),
    ("range", "own", _parts({"item": "low"})),
    (
        "range",
        "own",
        _parts(
            {"clauses": alone("low", "=", "yes")}, {"clauses": alone("low", "=", "no")}
        ),
    ),
    ("circular", "own", _parts({"score": "own"})),
    (
        "circular",
        "own",
        _scores(
            OTHER | {"part": [{"score": "late"}]},
            OTHER | {"code": "late", "part": [{"clauses": alone("low", "=", "yes")}]},
        ),
    ),
    (
        "source",
        "own",
        _scores(OTHER | {"part": [{"score": "wish-total", "at_most": 1}]}),
    ),
    (
        "bands",
        "own",
        _scores(
            OTHER
            | {
                "maximum": 2.5,
                "part": [{"item": "low"}],
                "band": [{"low": 0, "high": 1, "text": "a"}],
            }
        ),
    ),
    ("source", "S2", lambda d: d["sources"][1].update(kind="hearsay")),
    ("words", "other", _medicines({"brands": ["()"]})),
    ("twice", "other", _medicines({"brands": ["VALIUM"]})),
    ("twice", "other", _medicines({}, {})),
    (
        "minimum-dose",
        "other",
        lambda d: (count_trials(d), _medicines({"classes": ["calming"]})(d)),
    ),
]


def count_trials(document: Document) -> None:
    """Count trials of a class of its own."""
    codes = [{"code": "none", "text": "None"}]
    fields = [
        {"link_id": "t-name", "type": "lookup", "text": "Name?", "role": "name"},
        {"link_id": "t-weeks", "type": "integer", "text": "Weeks?", "role": "weeks"},
        {
            "link_id": "t-benefit",
            "type": "choice",
            "text": "Better?",
            "role": "benefit",
            "option": codes,
        },
    ]
    _tries(document)["field"] += fields
    trial = TRIES | {"kind": "adequate-trials", "classes": ["calming"], "weeks": 6}
    said = {"benefits": ["none"], "sources": ["S1"], "default": "6 weeks"}
    document["scores"] = [trial | said]


def _found(document: Document) -> set[tuple[str, str]]:
    return {(mistake.code, mistake.place) for mistake in check(document)}


@pytest.mark.parametrize(("code", "place", "spoil"), MISTAKES)
def test_a_mistake_is_found_where_it_is(code: str, place: str, spoil: Spoil) -> None:
    document = small_document()
    spoil(document)
    assert (code, place) in _found(document)


def test_a_sound_protocol_has_no_mistake() -> None:
    assert check_with_notes(small_document()) == ([], [])
    document = small_document()
    count_trials(document)
    _medicines({"classes": ["calming"], "minimum_mg": 5})(document)
    assert check(document) == []


def test_a_mistake_reads_as_a_sentence_with_its_place() -> None:
    assert str(Mistake("low", "words", "it says nothing")) == "low: it says nothing"


def test_the_bands_of_a_mean_touch_each_other() -> None:
    document = small_document()
    bands = [{"low": 0, "high": 1, "text": "a"}, {"low": 1, "high": 2.5, "text": "b"}]
    mean = OTHER | {"kind": "mean", "maximum": 2.5, "part": [{"item": "low"}]}
    document["scores"] = [mean | {"band": bands}]
    assert check(document) == []
    bands[1]["low"] = 1.5
    assert _found(document) == {("bands", "own")}


def test_a_rule_with_too_many_states_is_neither_cleared_nor_accused() -> None:
    document = small_document()
    many = [_choice(document) | {"link_id": f"q-{n}"} for n in range(20)]
    page(document, "mood")["item"] += many
    rule = [[clause(f"q-{n}", "=", "yes")] for n in range(20)]
    rule.append([clause("q-19", "=", "no")])
    document["safety"][0] |= {"kind": "note", "tier": "", "clauses": rule}
    mistakes, notes = check_with_notes(document)
    assert (mistakes, [(each.place, each.code) for each in notes]) == (
        [],
        [("u-wish", "not-proved")],
    )


def test_an_instrument_is_asked_in_its_own_order() -> None:
    document = small_document()
    wish = document["instruments"][0]
    wish["item"].insert(0, wish["item"][0] | {"link_id": "wish-0"})
    wish["sha256"] = fingerprint(wish)
    page(document, "mood")["item"].append(
        {"link_id": "wish-0", "instrument": "wish", "required": True}
    )
    assert _found(document) == {("modified", "wish-0")}
