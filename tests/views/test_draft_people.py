"""Golden patients of a draft: looked at, blessed, looked at again, without a wait."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from screening.models import GoldenPatient, Protocol, Role, Staff
from screening.services.protocol import drafting
from screening.services.protocol.places import find
from tests.records import a_member_of_staff

pytestmark = pytest.mark.django_db


def test_the_people_of_a_draft_are_made_up_once_and_read_at_once(
    client: Client, protocol: Protocol, django_assert_max_num_queries: Any
) -> None:
    lead = a_member_of_staff(Role.LEAD)
    drafting.start(by=lead)
    client.force_login(lead)
    people = reverse("draft_people")
    assert client.get(people).status_code == 200
    with django_assert_max_num_queries(15):
        client.get(people)
    blessed = [f"trd-severity-phq9-total-{value}" for value in (14, 15, 16)]
    # PostgreSQL asks once more for each, to keep the audit trail in line.
    with django_assert_max_num_queries(7 + 4 * len(blessed)):
        client.post(reverse("bless_people"), {"slug": blessed})
    assert GoldenPatient.objects.filter(blessed_by=lead).count() == len(blessed)
    with django_assert_max_num_queries(15):
        client.get(people)


def threshold(client: Client, value: int) -> str:
    slug = f"trd-severity-phq9-total-{value}"
    shown = client.get(reverse("boundary", args=[slug]))
    assert shown.status_code == 200
    return shown.content.decode()


def test_whoever_stands_at_a_threshold_is_opened_whole_before_blessing(
    client: Client, protocol: Protocol
) -> None:
    lead = a_member_of_staff(Role.LEAD)
    draft = drafting.start(by=lead)
    client.force_login(lead)
    listed = client.get(reverse("draft_people")).content.decode()
    assert reverse("boundary", args=["trd-severity-phq9-total-14"]) in listed
    page = threshold(client, 14)
    assert "PHQ-9: 14, just below 15, for “Answers show severe" in page
    who = page.split("Who this is")[1].split("Red flags")[0]
    assert "Feeling down, depressed, or hopeless" in who
    assert "Trouble with" not in who and "What is your full name?" not in who
    assert "All answers, page by page" in page and "in draft 1.1.0" in page
    assert "at the threshold of 15" in threshold(client, 15)
    assert "just above 15" in threshold(client, 16)
    assert client.get(reverse("boundary", args=["nobody"])).status_code == 404
    slug = "trd-severity-phq9-total-14"
    client.post(reverse("bless_people"), {"slug": slug})
    blessed = GoldenPatient.objects.get(slug=slug)
    there = reverse("draft_person", args=[blessed.pk])
    assert client.get(reverse("boundary", args=[slug]))["Location"] == there
    assert "Who this is" in client.get(there).content.decode()
    amiss(client, draft, lead, blessed)


def amiss(client: Client, draft: Protocol, lead: Staff, blessed: GoldenPatient) -> None:
    """By rules that speak of what is not there nobody is judged."""
    document = draft.document()
    rule = find(document, "criterion", "trd-severity")["clauses"]
    rule[0][0]["question"] = "nothing"
    drafting.save(draft, document, by=lead)
    people = reverse("draft_people")
    for room, key in (("draft_person", blessed.pk), ("boundary", "any")):
        assert client.get(reverse(room, args=[key]))["Location"] == people
    client.post(people + "bless/", {"slug": "trd-severity-phq9-total-15"})
    client.post(reverse("explain_flip", args=[blessed.pk]), {"reason": "So."})
    assert GoldenPatient.objects.filter(blessed_by=lead).count() == 1
    for room in ("preview/end/", "preview/start/"):
        assert (
            client.get(f"/staff/protocol/draft/{room}")["Location"]
            == "/staff/protocol/draft/"
        )
