"""Golden patients of a draft: looked at, blessed, looked at again, without a wait."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from screening.models import GoldenPatient, Protocol, Role
from screening.services import drafting
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
    with django_assert_max_num_queries(6 + 4 * len(blessed)):
        client.post(reverse("bless_people"), {"slug": blessed})
    assert GoldenPatient.objects.filter(blessed_by=lead).count() == len(blessed)
    with django_assert_max_num_queries(15):
        client.get(people)
