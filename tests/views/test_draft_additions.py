"""A lead adds and takes away criteria, medicines, sources and answers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from screening.engine.checking import check
from screening.engine.document import read_directory, write_directory
from screening.models import DraftChange, Protocol, Role
from screening.services.protocol import drafting
from screening.services.protocol.places import find
from screening.services.publishing import publish
from tests.records import a_member_of_staff
from tests.small_protocol import small_document
from tests.views.boxes import Boxes, boxes, press

pytestmark = pytest.mark.django_db
HOME = "/staff/protocol/draft/"
ADD = f"{HOME}add/criterion/?to="
CLAUSE = {
    "c-0-0-question": "low",
    "c-0-0-operator": "=",
    "c-0-0-answer": '"yes"',
}
SAID = {"statement": "Says that they feel low", "sources": ["S1"], "kind": "inclusion"}


@pytest.fixture
def desk(client: Client) -> Client:
    lead = a_member_of_staff(Role.LEAD)
    client.force_login(lead)
    publish(small_document(version="1.0.0"))
    drafting.start(by=lead)
    return client


def document() -> dict[str, Any]:
    return Protocol.objects.get(status="draft").document()


def test_a_criterion_is_added_to_an_indication(desk: Client) -> None:
    added = press(desk, f"{ADD}low-mood", **SAID, **CLAUSE)
    assert added.status_code == 302
    said = document()["indications"][0]["criterion"][-1]
    assert said["code"] == "says-that-they-feel-low"
    assert said["clauses"] == [[{"question": "low", "operator": "=", "answer": "yes"}]]
    assert "group" not in said and check(document()) == []
    change = DraftChange.objects.get()
    assert (change.key, change.before) == ("", None)
    page = desk.get(HOME).content.decode()
    assert "Criterion “Says that they feel low” is added: holds when" in page
    assert "<b>Criterion “Says that they feel low”</b> added" in page
    assert "“Do you feel low? is “Yes””" in page


def test_a_new_clause_asks_for_a_question_first(desk: Client) -> None:
    page = desk.get(f"{ADD}low-mood").content.decode()
    assert "Choose a question" in page and "c-0-0-operator" not in page
    refused = press(desk, f"{ADD}low-mood", **SAID)
    assert refused.status_code == 422
    assert 'href="#id_c-0-0-question">Choose a question.' in refused.content.decode()
    fitted = press(desk, f"{ADD}low-mood", "fit", **SAID, **{"c-0-0-question": "low"})
    posted = Boxes(fitted.content.decode()).posted
    assert "c-0-0-answer" in posted
    assert posted["statement"] == SAID["statement"]
    assert posted["sources"] == ["S1"]


def test_a_safety_criterion_stands_among_those_like_it(desk: Client) -> None:
    for kind, tier in (("caution", ""), ("urgent", "b"), ("caution", "")):
        told = SAID | {"kind": kind, "tier": tier, "statement": f"{kind} {tier} low"}
        told["code"] = f"x-{len(document()['safety'])}"
        assert press(desk, f"{ADD}safety", **told, **CLAUSE).status_code == 302
    said = [(each["code"], each["group"]) for each in document()["safety"]]
    assert said == [
        ("u-wish", "urgent"),
        ("x-2", "urgent"),
        ("x-1", "caution"),
        ("x-3", "caution"),
    ]


def test_a_draft_with_what_was_added_can_be_exported(
    desk: Client, tmp_path_factory: pytest.TempPathFactory
) -> None:
    told = SAID | {"kind": "note"}
    press(desk, f"{ADD}safety", **told, **CLAUSE)
    folder = tmp_path_factory.mktemp("export")
    write_directory(document(), folder)
    assert read_directory(folder) == document()


def test_a_place_offers_the_kinds_that_may_stand_there(desk: Client) -> None:
    judging = desk.get(f"{ADD}low-mood").content.decode()
    apart = desk.get(f"{ADD}safety").content.decode()
    assert 'value="exclusion"' in judging and 'value="urgent"' not in judging
    assert 'value="urgent"' in apart and 'value="exclusion"' not in apart
    assert "how soon a person must act" not in judging


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"code": "low-severity"}, "There is one called low-severity already."),
        ({"code": "Low Mood"}, "Use small letters, digits and single hyphens."),
        ({"sources": []}, "Sources: this cannot be empty."),
        ({"sources": ["S9"]}, "Select a valid choice"),
        ({"statement": ""}, "this cannot be empty."),
    ],
)
def test_what_cannot_be_added_is_refused_with_the_reason(
    desk: Client, typed: dict[str, Any], told: str
) -> None:
    refused = press(desk, f"{ADD}low-mood", **(SAID | typed), **CLAUSE)
    assert refused.status_code == 422
    assert told in refused.content.decode()
    assert not DraftChange.objects.exists()


def test_a_criterion_is_added_to_no_place_that_is_not_there(desk: Client) -> None:
    assert desk.get(f"{ADD}nowhere").status_code == 302
    assert desk.get(f"{HOME}add/page/").status_code == 404
    assert desk.post(f"{HOME}remove/page/mood/").status_code == 404


def test_a_criterion_is_taken_away_and_the_check_says_what_that_breaks(
    desk: Client,
) -> None:
    shown = desk.get(f"{HOME}change/criterion/u-wish/").content.decode()
    assert "Take “Wished to be dead” away" in shown
    assert desk.post(f"{HOME}remove/criterion/low-severity/").status_code == 302
    assert document()["indications"][0]["criterion"] == []
    page = desk.get(HOME).content.decode()
    assert "needs at least one inclusion criterion" in page


def test_a_medicine_comes_and_goes(desk: Client) -> None:
    path = f"{HOME}add/medicine/"
    told = {"name": "lorazepam", "brands": "Ativan", "classes": ["benzodiazepine"]}
    assert press(desk, path, **told).status_code == 302
    assert find(document(), "medicine", "lorazepam")["brands"] == ["Ativan"]
    assert "There is one called" in press(desk, path, **told).content.decode()
    listed = desk.get(f"{HOME}list/medicine/").content.decode()
    assert "lorazepam" in listed and path in listed
    desk.post(f"{HOME}remove/medicine/lorazepam/")
    assert len(document()["medicines"]) == 1


def test_a_source_that_is_cited_stays(desk: Client) -> None:
    told = {"code": "S3", "title": "A paper", "kind": "publication"}
    assert press(desk, f"{HOME}add/source/", **told).status_code == 302
    kept = desk.post(f"{HOME}remove/source/S1/")
    assert kept.status_code == 422
    assert "Nothing was saved. sources: there is no source S1." in kept.content.decode()
    assert desk.post(f"{HOME}remove/source/S3/").status_code == 302
    assert [each["code"] for each in document()["sources"]] == ["S1", "S2"]


def test_a_question_gets_one_more_answer_and_loses_one(desk: Client) -> None:
    path = f"{HOME}change/item/low/"
    press(desk, path, **{"one-more": "Yes, now and then"})
    options = find(document(), "item", "low")["option"]
    assert options[-1] == {"code": "yes-now-and-then", "text": "Yes, now and then"}
    press(desk, path, **{"option-yes": "", "one-more": "Yes, now and then!"})
    options = find(document(), "item", "low")["option"]
    assert [each["code"] for each in options] == [
        "no",
        "yes-now-and-then",
        "yes-now-and-then-2",
    ]
    page = desk.get(HOME).content.decode()
    assert "No answer to “Do you feel low?” can be “yes”" in page
    none = {name: "" for name in boxes(desk, path) if name.startswith("option-")}
    assert press(desk, path, **none).status_code == 422


def test_a_version_that_is_there_is_refused_beside_what_was_typed(
    desk: Client,
) -> None:
    typed = {"version": "1.0.0", "title": "Smaller"}
    refused = press(desk, f"{HOME}change/protocol/protocol/", **typed)
    assert refused.status_code == 422
    assert "version 1.0.0 is there already" in refused.content.decode()
    assert 'value="1.0.0"' in refused.text and "Smaller" in refused.text


def test_a_button_that_is_there_no_more_does_nothing(desk: Client) -> None:
    path = f"{HOME}change/criterion/low-severity/"
    for action in ("add-9", "drop-0", "drop-7-7", "nothing"):
        assert press(desk, path, action).status_code == 200
    posted = boxes(desk, path)
    for action in ("drop-1-0", "drop-1-0", "drop-0-0"):
        shown = desk.post(path, posted | {"action": action})
        posted = Boxes(shown.content.decode()).posted
    assert "c-0-0-question" in posted and "c-0-1-question" not in posted
    assert desk.post(path, posted | {"action": "save"}).status_code == 422


def test_the_lists_are_grouped_as_people_look_for_them(desk: Client) -> None:
    asked = desk.get(f"{HOME}list/item/").content.decode()
    assert ">Your mood</h2>" in asked and "Do you feel low?" in asked
    criteria = desk.get(f"{HOME}list/criterion/").content.decode()
    assert "Wishes, and feels low" in criteria and "to=low-mood" in criteria
    assert desk.get(f"{HOME}list/nothing/").status_code == 200
    desk.post(f"{HOME}remove/medicine/diazepam/")
    assert f"{HOME}add/medicine/" in desk.get(f"{HOME}list/medicine/").content.decode()
    refused = press(desk, f"{HOME}change/criterion/u-wish/", sources=[])
    assert refused.status_code == 422
