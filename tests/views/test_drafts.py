"""A lead changes a draft in the browser: boxes that fit, words that say why not."""

from __future__ import annotations

import pytest
from django.test import Client

from screening.models import DraftChange, Protocol, Role, Staff
from screening.services.protocol import drafting
from screening.services.protocol.places import find, places
from screening.services.publishing import publish
from tests.records import a_member_of_staff
from tests.small_protocol import small_document
from tests.views.boxes import Boxes, boxes, press

pytestmark = pytest.mark.django_db
HOME = "/staff/protocol/draft/"
CRITERION = f"{HOME}change/criterion/low-severity/"


@pytest.fixture
def lead() -> Staff:
    return a_member_of_staff(Role.LEAD)


@pytest.fixture
def desk(client: Client, lead: Staff) -> Client:
    client.force_login(lead)
    return client


@pytest.fixture
def draft(lead: Staff) -> Protocol:
    publish(small_document(version="1.0.0"))
    return drafting.start(by=lead)


def saved(name: str = "low-severity") -> dict[str, object]:
    draft = drafting.current()
    assert draft is not None
    return find(draft.document(), "criterion", name)


def test_a_draft_is_started_and_thrown_away(desk: Client) -> None:
    publish(small_document())
    assert b"Start a draft" in desk.get(HOME).content
    desk.post(f"{HOME}start/")
    assert drafting.current() is not None
    assert desk.post(f"{HOME}start/").status_code == 409
    desk.post(f"{HOME}discard/")
    assert drafting.current() is None


def test_a_draft_that_cannot_begin_says_why(desk: Client) -> None:
    Protocol.objects.filter(status="active").update(status="retired")
    refused = desk.post(f"{HOME}start/")
    assert refused.status_code == 409
    assert "No version is asked now" in refused.content.decode()


def test_everything_can_be_opened_and_saved_unchanged(
    desk: Client, draft: Protocol
) -> None:
    for kind, name, table in list(places(draft.document())):
        if kind == "item" and table.get("instrument"):
            continue
        path = f"{HOME}change/{kind}/{name}/"
        assert press(desk, path).status_code == 302, path
    assert list(DraftChange.objects.values_list("kind", "name", "key")) == []


def test_a_threshold_is_lowered_and_told_in_words(
    desk: Client, draft: Protocol
) -> None:
    assert press(desk, CRITERION, **{"c-0-0-answer": "1"}).status_code == 302
    page = desk.get(HOME).content.decode()
    name, told = (
        "Criterion “Wishes, and feels low”",
        "Wish scale, total at least 2 becomes at least 1.",
    )
    assert f"{name}: {told}" in page
    assert f'<b>{name}</b></p>\n<p class="why">{told}</p>' in page


def test_a_question_offers_what_fits_it(desk: Client, draft: Protocol) -> None:
    shown = press(desk, CRITERION, "fit", **{"c-0-0-question": "low"})
    page = shown.content.decode()
    assert shown.status_code == 200
    assert page.count('<option value="&quot;yes&quot;"') == 3
    assert not DraftChange.objects.exists()


def test_an_answer_that_does_not_fit_is_refused_with_a_way_to_it(
    desk: Client, draft: Protocol
) -> None:
    other = {"c-0-0-question": "low", "c-0-0-operator": "="}
    shown = press(desk, CRITERION, **other)
    page = shown.content.decode()
    assert shown.status_code == 422
    assert "Choose an answer that fits this question." in page
    assert 'href="#id_c-0-0-answer"' in page
    shown = press(desk, CRITERION, **{"c-0-0-answer": "many", "c-0-0-operator": "~"})
    assert 'href="#id_c-0-0-operator">Choose how to' in shown.content.decode()
    shown = press(desk, CRITERION, **{"c-0-0-answer": "many"})
    assert "Write a number." in shown.content.decode()
    assert not DraftChange.objects.exists()


def test_clauses_come_and_go_by_buttons_and_nothing_is_saved_before(
    desk: Client, draft: Protocol
) -> None:
    added = press(desk, CRITERION, "add-0").content.decode()
    assert 'name="c-0-1-question"' in added
    grouped = press(desk, CRITERION, "add-group").content.decode()
    assert 'name="c-2-0-question"' in grouped
    dropped = press(desk, CRITERION, "drop-1-0")
    posted = Boxes(dropped.content.decode()).posted
    assert "c-1-1-question" not in posted
    assert not DraftChange.objects.exists()
    desk.post(CRITERION, posted | {"action": "save"})
    assert [len(group) for group in saved()["clauses"]] == [1, 1]  # type: ignore[attr-defined]


def test_what_was_typed_stays_while_clauses_change(
    desk: Client, draft: Protocol
) -> None:
    shown = press(desk, CRITERION, "add-0", statement="Feels low now")
    assert "Feels low now" in shown.content.decode()


def test_mistakes_are_told_with_the_place_to_mend_them(
    desk: Client, draft: Protocol
) -> None:
    press(desk, CRITERION, **{"c-0-0-answer": "9"})
    page = desk.get(HOME).content.decode()
    place = f'<a href="{CRITERION}">Criterion “Wishes, and feels low”</a>'
    assert f"<p>{place}</p>\n<p>No answers can ever meet it.</p>" in page
    assert "No answers make this true: “Wish scale, total” is at least 9.</p>" in page
    assert "answers that matter were tried; none meets it:" in page
    assert "The check finds mistakes." in page


def test_words_that_cannot_be_are_refused(desk: Client, draft: Protocol) -> None:
    shown = press(desk, CRITERION, statement="", review_by="soon", evidence="Weak")
    page = shown.content.decode()
    assert shown.status_code == 422
    assert "Write a day such as 2027-01-31." in page
    assert "this cannot be empty" in page
    press(desk, CRITERION, review_by="2027-01-31", evidence="Weak", signed_by="Ash")
    assert saved()["review_by"] == "2027-01-31"
    assert saved()["evidence"] == "Weak"


def test_a_text_longer_than_its_column_is_refused_beside_its_box(
    desk: Client, draft: Protocol
) -> None:
    shown = press(desk, CRITERION, signed_by="a" * 81)
    page = shown.content.decode()
    assert shown.status_code == 422
    told = "Who answers for it: write 80 characters at most. You wrote 81."
    assert f'<a href="#id_signed_by">{told}</a>' in page
    assert f'<p class="wrong">{told}</p><input type="text" name="signed_by"' in page
    typed = {"name": "n" * 501, "classes": ["benzodiazepine"]}
    long = press(desk, f"{HOME}add/medicine/", **typed).content.decode()
    assert "write 500 characters at most. You wrote 501." in long
    assert not DraftChange.objects.exists()


def test_a_medicine_keeps_its_lists_and_doses(desk: Client, draft: Protocol) -> None:
    path = f"{HOME}change/medicine/diazepam/"
    press(desk, path, brands="Valium\nDiastat\n", diazepam_10mg="ashton 10\nva-dod 2")
    draft.refresh_from_db()
    medicine = find(draft.document(), "medicine", "diazepam")
    assert medicine["brands"] == ["Valium", "Diastat"]
    assert medicine["diazepam_10mg"] == {"ashton": 10, "va-dod": 2}
    assert press(desk, path, diazepam_10mg="ten").status_code == 422
    assert press(desk, path, minimum_mg="ten").status_code == 422


def test_other_words_stop_an_instruments_score_and_say_so(
    desk: Client, draft: Protocol
) -> None:
    path = f"{HOME}change/wording/wish-1/"
    assert "modified, not validated" in desk.get(path).content.decode()
    press(desk, path, text="Do you wish to be dead?", **{"option-yes": "Yes, I do"})
    page = desk.get(HOME).content.decode()
    assert "Wish scale, total is modified, not validated." in page
    assert "these stay unknown: Wishes, and feels low" in page


def test_a_change_on_an_old_page_is_refused_and_what_was_typed_stays(
    desk: Client, draft: Protocol
) -> None:
    before = boxes(desk, CRITERION)
    press(desk, CRITERION, rationale="It matters.")
    late = desk.post(CRITERION, before | {"action": "save", "rationale": "Other."})
    assert "was changed while you read it" in late.content.decode()
    assert ">\nOther.</textarea>" in late.content.decode()
    assert saved()["rationale"] == "It matters."
    assert press(desk, CRITERION, rationale="Other.").status_code == 302
    gone = desk.post(f"{HOME}remove/criterion/low-severity/", {"seen": before["seen"]})
    assert gone.status_code == 409
    assert saved()["rationale"] == "Other."


@pytest.mark.parametrize("path", ["change/criterion/none/", "change/nothing/x/"])
def test_what_is_not_there_is_not_found(
    desk: Client, draft: Protocol, path: str
) -> None:
    assert desk.get(HOME + path).status_code == 404


def test_without_a_draft_its_rooms_are_not_there(desk: Client, db: None) -> None:
    for path in ("replay/", "people/", "preview/", "list/criterion/"):
        assert desk.get(HOME + path).status_code == 404


def test_a_criterion_past_its_day_is_amber_for_reviewers(client: Client) -> None:
    document = small_document()
    document["safety"][0] |= {"review_by": "2020-01-31", "signed_by": "Dr Ash"}
    document["indications"][0]["criterion"][0]["review_by"] = "2120-01-31"
    publish(document)
    client.force_login(a_member_of_staff(Role.REVIEWER))
    page = client.get("/staff/protocol/").content.decode()
    assert "1 criterion of this version is past the day" in page
    assert "Due for review since 2020-01-31" in page
    assert "Review by 2120-01-31." in page and "Answered for by Dr Ash." in page
