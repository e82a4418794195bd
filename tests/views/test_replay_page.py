"""Who would come out otherwise is read in words, and the reading is on record."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from screening.models import AuditEvent, Protocol, Role, Staff
from screening.services.protocol import drafting, replaying
from screening.services.protocol.places import find
from screening.services.upkeep import erasing
from tests import patients
from tests.views.desk import text

pytestmark = pytest.mark.django_db

FLIP = "Treatment-resistant depression: met becomes not met"


@pytest.fixture
def lead(protocol: Protocol, client: Client) -> Staff:
    lead = patients.person(Role.LEAD, "cedar")
    client.force_login(lead)
    return lead


def only_the_most_severe(lead: Staff) -> Protocol:
    draft = drafting.start(by=lead)
    document = draft.document()
    clause = {"question": "phq9-total", "operator": ">=", "answer": 27}
    find(document, "criterion", "trd-severity")["clauses"] = [[clause]]
    drafting.save(draft, document, by=lead)
    draft.refresh_from_db()
    return draft


def reads() -> int:
    return AuditEvent.objects.filter(action="replay.viewed").count()


def test_who_flips_is_read_in_words_and_each_reading_is_on_record(
    protocol: Protocol, lead: Staff, client: Client
) -> None:
    sent = patients.sent(protocol)
    run = replaying.ask(only_the_most_severe(lead), by=lead)
    replaying.go_on(run)
    page = text(client.get(reverse("replay")))
    assert "1 of 1 would come out otherwise" in page
    assert sent.reference in page
    assert FLIP in page
    assert "not decided yet" in page
    assert reads() == 1
    erasing.erase(sent.reference, by=lead)
    again = text(client.get(reverse("replay")))
    assert again.count(FLIP) == page.count(FLIP) - 1
    assert reads() == 2


def test_answers_to_other_words_are_not_taken_in_silence(
    protocol: Protocol, lead: Staff, client: Client
) -> None:
    patients.sent(protocol)
    draft = drafting.start(by=lead)
    replaying.go_on(replaying.ask(draft, by=lead))
    assert "Worded otherwise" not in text(client.get(reverse("replay")))
    document = draft.document()
    find(document, "item", "func-home")["text"] = "How hard is it to cook?"
    drafting.save(draft, document, by=lead)
    page = text(client.get(reverse("replay")))
    assert (
        "Worded otherwise than when it was answered: “How hard is it to cook?”" in page
    )


def test_nobody_is_tried_while_the_draft_has_mistakes(
    lead: Staff, client: Client
) -> None:
    draft = drafting.start(by=lead)
    document = draft.document()
    find(document, "criterion", "trd-severity")["sources"] = []
    drafting.save(draft, document, by=lead)
    refused = client.post(reverse("ask_replay"))
    assert refused.status_code == 409
    assert "Nobody is tried while there are mistakes" in text(refused)
    assert replaying.waiting() is None


def test_a_replay_is_asked_for_and_cancelled_from_the_page(
    lead: Staff, client: Client
) -> None:
    drafting.start(by=lead)
    assert client.post(reverse("ask_replay"))["Location"] == reverse("replay")
    run = replaying.waiting()
    assert run is not None and run.is_running
    client.post(reverse("cancel_replay"))
    assert replaying.waiting() is None
