"""What was changed in a draft is told in words: the old value beside the new."""

from __future__ import annotations

from typing import Any

import pytest

from screening.engine.document import build
from screening.services.protocol.diffing import readable_change, readable_changes
from screening.services.protocol.places import find
from tests.small_protocol import clause, small_document

RULES = build(small_document())
CHANGES: list[tuple[str, Any, Any, list[str]]] = [
    ("rationale", None, "It matters.", ["rationale “It matters.” is added"]),
    ("required", True, None, ["required yes becomes no"]),
    ("sources", ["S1"], ["S1", "S2"], ["sources “S2” is added"]),
    (
        "clauses",
        [[clause("wish-total", ">=", 2)]],
        [[clause("wish-total", ">=", 1)]],
        ["Wish scale, total at least 2 becomes at least 1"],
    ),
    (
        "enable_when",
        None,
        [[clause("low", "=", "yes")]],
        ["asked when “always” becomes “Do you feel low? is “Yes””"],
    ),
    (
        "",
        None,
        {"name": "heparin", "classes": ["none-known", "new"], "minimum_mg": 5},
        ["name “heparin”", "classes “none-known”; “new”", "minimum mg 5"],
    ),
    (
        "",
        {"code": "old", "clauses": [[clause("low", "=", "no")]]},
        None,
        ["code “old”", "holds when “Do you feel low? is “No””"],
    ),
]


@pytest.mark.parametrize(("key", "before", "after", "told"), CHANGES)
def test_a_change_tells_the_old_and_the_new_value_in_words(
    key: str, before: Any, after: Any, told: list[str]
) -> None:
    assert readable_change(key, before, after, RULES) == told


def test_a_change_is_told_of_what_it_says_rather_than_of_its_code() -> None:
    document = small_document()
    document["protocol"]["title"] = "Smaller"
    find(document, "criterion", "low-severity")["rationale"] = "Why."
    find(document, "item", "try-dose")["text"] = "How much? " * 20
    find(document, "item", "wish-1")["required"] = False
    changes = readable_changes(small_document(), document)
    assert {line.partition(": ")[0] for line in changes} == {
        "The protocol",
        "Question “How much?”",
        "Question wish-1",
        "Criterion “Wishes, and feels low”",
    }
    back = readable_changes(document, small_document())
    assert any(line.startswith("Question “How much? How much?") for line in back)
    assert any("…”: text" in line for line in back)


def test_a_question_in_other_words_is_one_change_and_not_one_for_each_reader() -> None:
    document = small_document()
    low = find(document, "item", "low")
    low["text"], low["option"][1]["text"] = "Are you low?", "Yes, I am"
    changes = readable_changes(small_document(), document)
    assert all(line.startswith("Question “Do you feel low?”: ") for line in changes)
    assert len(changes) == 2
    gone = small_document()
    gone["indications"][0]["criterion"][0]["clauses"][1] = [clause("new", "=", "x")]
    told = readable_changes(small_document(), gone)
    assert any("Do you feel low? is “Yes”" in line for line in told)
    assert any("new is x" in line for line in told)
