"""Who changed what in a draft is shown: the latest first, and all when asked."""

from __future__ import annotations

import pytest
from django.test import Client

from screening.models import Role
from screening.services.protocol import drafting
from screening.services.protocol.places import find
from screening.services.publishing import publish
from screening.views.protocol.draft_history import SHOWN
from tests.records import a_member_of_staff
from tests.small_protocol import small_document

pytestmark = pytest.mark.django_db
HOME = "/staff/protocol/draft/"


def test_the_latest_changes_are_shown_and_all_of_them_when_asked(
    client: Client,
) -> None:
    lead = a_member_of_staff(Role.LEAD)
    client.force_login(lead)
    publish(small_document(version="1.0.0"))
    draft = drafting.start(by=lead)
    document = draft.document()
    for number in range(SHOWN + 1):
        find(document, "criterion", "low-severity")["note"] = f"Note {number}"
        drafting.save(draft, document, by=lead)
    short = client.get(HOME).content.decode()
    assert "Show all 16 changes" in short and "“Note 0” is added" not in short
    assert "Note “Note 0” becomes “Note 1”." in short
    whole = client.get(f"{HOME}?all").content.decode()
    assert "Note “Note 0” is added." in whole and "Show all" not in whole
