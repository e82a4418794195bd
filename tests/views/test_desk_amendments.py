"""What an amendment shows at the desk: two evaluations, side by side."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from screening.models import AuditEvent, Protocol, Response, Role, SafetyAlert
from screening.services import reviewing
from screening.services.journey import amending
from tests import patients, walking
from tests.views.desk import case_text, clinician, text
from tests.views.test_more_questions import ANSWERS, SAFE, TRAUMA_DECLINED, made, opened


@pytest.fixture
def first(protocol: Protocol) -> Response:
    return patients.sent(protocol, TRAUMA_DECLINED)


@pytest.fixture
def desk(db: None) -> Client:
    return clinician()


def answered(client: Client, first: Response, answers: dict[str, Any]) -> Response:
    """Answer page by page whatever is asked, and send it."""
    address = client.get("/check/").context["continue_url"]
    while address != "/check/":
        page = first.protocol.engine.page[address.split("/")[2]]
        assert client.get(address).status_code == 200
        landed = client.post(address, walking.posted(page, answers))
        assert landed.status_code == 302
        address = landed["Location"]
    return walking.send(client)


def test_the_answers_stand_beside_those_of_before(
    desk: Client, first: Response, client: Client
) -> None:
    opened(client, made(desk, first))
    assert "An amendment has been begun" in case_text(desk, first)
    new = SAFE | {"pcptsd5-gate": "no"}
    response = answered(client, first, ANSWERS | new)
    assert response.amends == first
    old = case_text(desk, first)
    assert "Newer answers" in old and "This one waits until you sign it too" in old
    assert "Newer answers" in text(desk.get("/staff/"))
    signed = {"choice": "ask-for-more/amended", "version": first.version}
    desk.post(f"/staff/case/{first.pk}/review/", signed)
    assert first not in Response.objects.awaiting_review()
    assert "Newer answers" not in text(desk.get("/staff/"))
    assert "Ask only what is missing" not in old
    page = desk.get(f"/staff/case/{response.pk}/")
    shown = {row["title"]: row for row in page.context["compared"]["indications"]}
    ptsd = next(row for title, row in shown.items() if "stress" in title)
    assert (ptsd["before"], ptsd["changed"]) == ("unknown", True)
    changed = {row["title"] for row in page.context["compared"]["answers"]}
    gate = response.protocol.engine.item["pcptsd5-gate"].text
    assert gate in changed
    assert "Perhaps sent twice" not in text(page)
    seen = AuditEvent.objects.filter(action="response.viewed")
    keys = list(seen.order_by("-seq").values_list("object_id", flat=True)[:2])
    assert keys == [str(first.pk), str(response.pk)]


def test_a_draft_that_was_begun_is_told_without_a_link_until_it_is_erased(
    desk: Client, first: Response
) -> None:
    draft = amending.begin(first)
    begun = "An amendment has been begun and not sent."
    assert begun in case_text(desk, first)
    Response.objects.filter(pk=draft.pk).update(wrapped_key=b"")
    assert begun not in case_text(desk, first)


def test_the_earlier_evaluation_stays_shut_where_it_is_anothers(
    desk: Client, first: Response, client: Client
) -> None:
    opened(client, made(desk, first))
    response = answered(client, first, ANSWERS | SAFE | {"pcptsd5-gate": "no"})
    first.assignee = patients.person(Role.LEAD, "cedar")
    first.save(update_fields=["assignee"])
    page = desk.get(f"/staff/case/{response.pk}/")
    assert "compared" not in page.context
    assert "Amends" in text(page)


def test_a_red_answer_interrupts_and_reaches_the_desk(
    desk: Client, first: Response, client: Client
) -> None:
    opened(client, made(desk, first))
    page = first.protocol.engine.page["safe-a"]
    landed = client.post("/page/safe-a/", walking.posted(page, {"asq-3": "yes"}))
    assert landed["Location"] == "/help-now/"
    alert = SafetyAlert.objects.get()
    assert alert.response.amends == first
    shown = case_text(desk, alert.response)
    assert "Not sent yet" in shown
    assert "Amends" in shown


def test_a_decision_on_the_first_answers_stays(
    desk: Client, first: Response, client: Client
) -> None:
    by = patients.person(Role.LEAD, "cedar")
    signed = {"decision": "ask-for-more", "reason": "answers-missing"}
    review = reviewing.sign(first.pk, by=by, version=first.version, **signed)
    opened(client, made(desk, first))
    response = answered(client, first, ANSWERS | SAFE | {"pcptsd5-gate": "no"})
    assert list(first.reviews.all()) == [review]
    assert response in Response.objects.awaiting_review()
    assert first not in Response.objects.awaiting_review()
