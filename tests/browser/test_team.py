"""The team's pages read well for everybody, on a phone too."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from screening.models import Role, Staff
from screening.services import links
from screening.services.team import hiring
from tests import patients
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, Opens, press
from tests.views.desk import signed_in_just_now


@pytest.mark.parametrize("size", [DESK, PHONE], ids=lambda size: str(size["width"]))
def test_the_teams_pages_are_accessible(
    clinic: str, tab: Opens, size: dict[str, int]
) -> None:
    lead, client, desk = patients.person(Role.LEAD), Client(), tab(size)
    made = hiring.invite(email="ivy@clinic.example", role=Role.REVIEWER, by=lead)
    client.force_login(lead)
    signed_in_just_now(client)
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    desk.context.add_cookies([{"name": name, "value": value, "url": clinic}])
    person = patients.person(Role.REVIEWER, "birch")
    found = []
    for path in ("team/", f"team/{person.pk}/leave/", f"team/{lead.pk}/leave/"):
        desk.goto(f"{clinic}/staff/{path}")
        wide = desk.evaluate("document.documentElement.scrollWidth")
        assert wide <= size["width"], path
        found += violations(desk)
    newcomer = tab(size)
    newcomer.goto(clinic + reverse("join_link", args=[links.token_of(made)]))
    assert newcomer.url == f"{clinic}/staff/join/"
    found += violations(newcomer)
    press(newcomer.get_by_role("button", name="Make my account"))
    assert newcomer.title().startswith("Error: ")
    found += violations(newcomer)
    newcomer.goto(f"{clinic}/staff/join/no-such-link/")
    assert found + violations(newcomer) == []
    assert not Staff.objects.filter(email="ivy@clinic.example").exists()
