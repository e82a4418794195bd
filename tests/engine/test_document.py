"""From a document to the engine's values, and to the hash that names its content."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from screening.engine.document import ProtocolError, build, content_hash, fingerprint
from screening.engine.protocol import Band, Clause, Kind, Option, Part
from tests.engine.making import rule
from tests.small_protocol import Document, clause, small_document


def _items(document: Document, page: int = 0) -> list[Any]:
    return document["sections"][0]["page"][page]["item"]  # type: ignore[no-any-return]


def test_the_head_names_the_protocol() -> None:
    made = build(small_document(version="2", title="Other"))
    assert (made.url, made.version, made.title) == ("urn:example:small", "2", "Other")


def test_pages_and_questions_are_found_by_their_names() -> None:
    made = build(small_document())
    assert [page.slug for page in made.pages] == ["mood", "tried"]
    assert list(made.item) == ["low", "wish-1", "tries"]
    assert made.page_of["tries"] is made.page["tried"]
    assert made.page["mood"].section_title == "First"
    assert made.page["mood"].sensitive is True
    assert made.item["low"].options[1] == Option("yes", "Yes", 2.5)
    assert made.item["tries"].fields[0].maximum == 2.5
    assert made.source["S1"].quote == "Low mood"


def test_an_instruments_question_takes_its_words_from_the_instrument() -> None:
    made = build(small_document())
    item = made.item["wish-1"]
    assert item.text == "Have you wished that you were dead?"
    assert (item.type, item.required, item.instrument) == ("choice", True, "wish")
    assert made.page["mood"].attributions == (("wish", "Nobody"),)
    assert made.instruments[0].items[0].instrument == ""


def test_stems_and_thanks_of_a_page_are_those_of_its_instruments() -> None:
    document = small_document()
    document["instruments"][0]["stem"] = "In the last 2 weeks:"
    made = build(document)
    assert made.page["mood"].stem == "In the last 2 weeks:"
    assert (made.page["tried"].stem, made.page["tried"].attributions) == ("", ())


def test_gates_of_section_page_and_question_join() -> None:
    document = small_document()
    section = document["sections"][0]
    section["enable_when"] = [[clause("a", "=", "yes")]]
    _items(document, 1)[0]["enable_when"] = [[clause("b", "=", 1), clause("c", "=", 2)]]
    made = build(document)
    assert made.item["low"].gate == rule(("a", "=", "yes"))
    assert made.item["tries"].gate == rule(
        ("a", "=", "yes"), ("low", "=", "yes"), [("b", "=", 1), ("c", "=", 2)]
    )
    assert made.item["tries"].fields[0].gate == ()


def test_a_gate_of_an_instruments_question_is_kept() -> None:
    document = small_document()
    gate = [[clause("low", "=", "yes")]]
    document["instruments"][0]["item"][0]["enable_when"] = gate
    assert build(document).item["wish-1"].gate == rule(("low", "=", "yes"))


def test_scores_of_instruments_come_before_the_others() -> None:
    document = small_document()
    document["scores"] = [
        {"code": "own", "title": "Own", "kind": "sum", "minimum": 0}
        | {"part": [{"score": "wish-total", "at_most": 1}]}
    ]
    wish, own = build(document).score_list
    assert (wish.code, wish.instrument, own.code, own.instrument) == (
        *("wish-total", "wish"),
        *("own", ""),
    )
    assert wish.parts == (Part(item="wish-1"), Part(rule=rule(("low", "=", "yes"))))
    assert own.parts == (Part(score="wish-total", at_most=1),)
    assert wish.bands == (Band(0, 1, "none"), Band(2, 2, "some"))


def test_criteria_of_indications_come_before_those_of_safety() -> None:
    made = build(small_document())
    severity, urgent = made.criteria
    assert (severity.kind, urgent.kind, urgent.tier) == (
        *(Kind.INCLUSION, Kind.URGENT),
        "b",
    )
    assert severity.rule[1] == (
        Clause("low", "=", "yes"),
        Clause("wish-1", "=", "yes"),
    )


def test_a_medicine_keeps_its_equivalents() -> None:
    (diazepam,) = build(small_document()).medicine_list
    assert diazepam.diazepam_10mg == (("ashton", 10), ("va-dod", 0.5))
    assert (diazepam.brands, diazepam.minimum_mg) == (("Valium",), None)


def test_a_question_of_no_instrument_is_refused() -> None:
    for change in ({"instrument": "other"}, {"link_id": "wish-2"}):
        document = small_document()
        _items(document)[1].update(change)
        with pytest.raises(ProtocolError, match="not in instrument"):
            build(document)


def test_a_criterion_of_an_unknown_kind_is_refused() -> None:
    document = small_document()
    document["safety"][0]["kind"] = "advice"
    with pytest.raises(ProtocolError, match="u-wish: unknown kind advice"):
        build(document)


def test_the_hash_is_that_of_the_content_and_not_of_its_form() -> None:
    plain, padded = small_document(), small_document()
    _items(padded)[0] |= {"help": "", "hidden": False}
    padded["medicines"][0]["diazepam_10mg"]["ashton"] = 10.0
    backwards = dict(reversed(list(plain.items())))
    assert content_hash(plain) == content_hash(padded) == content_hash(backwards)
    assert len(content_hash(plain)) == 64


def test_any_change_of_content_changes_the_hash() -> None:
    plain = content_hash(small_document())
    changed = small_document()
    changed["medicines"][0]["diazepam_10mg"]["ashton"] = 9
    assert content_hash(changed) != plain
    assert content_hash(small_document(title="Small ")) != plain


LOCKED: list[dict[str, Any]] = [
    {"stem": "Lately:"},
    {"item": [{"link_id": "wish-2"}]},
    {"item": [{"text": "Have you ever wished that you were dead?"}]},
    {"item": [{"type": "integer"}]},
    {"item": [{"minimum": 0}]},
    {"item": [{"option": [{"code": "no", "text": "No", "score": 1}]}]},
    {"item": [{"option": []}]},
    {"item": []},
]


@pytest.mark.parametrize("change", LOCKED)
def test_the_fingerprint_locks_words_order_and_scores(change: dict[str, Any]) -> None:
    instrument = small_document()["instruments"][0]
    changed = copy.deepcopy(instrument)
    items = change.get("item")
    if items:
        changed["item"][0] |= items[0]
    else:
        changed |= change
    assert fingerprint(changed) != fingerprint(instrument)


def test_the_fingerprint_leaves_notes_and_codes_of_others_free() -> None:
    instrument = small_document()["instruments"][0]
    noted = instrument | {
        "note": "Read twice.",
        "loinc": "1-2",
        "licence": "own-wording",
    }
    assert fingerprint(noted) == fingerprint(instrument)
