"""Only the lead edits; reviewers read and countersign; to others it is not there."""

from __future__ import annotations

import pytest

from screening.models import GoldenPatient, Protocol, Role
from screening.services.protocol import drafting
from screening.services.publishing import publish
from tests.draft_routes import DRAFT_ROUTES
from tests.small_protocol import small_document
from tests.test_access import client_of

SOMEBODY = {"title": "A", "answers": {}, "as_of": "2026-11-23"}
NOTHING = {"outcome": "", "priority": "", "indications": {}, "findings": {}}


@pytest.fixture
def named(protocol: Protocol) -> dict[str, str]:
    active = publish(small_document(version="1"))
    draft = drafting.start(by=None)
    patient = GoldenPatient.objects.create(
        url=draft.url, slug="a", expected=NOTHING, **SOMEBODY
    )
    return {
        "<slug:kind>": "criterion",
        "<path:name>": "low-severity",
        "<slug:slug>": "mood",
        "<uuid:key>": str(patient.pk),
        "<int:pk>": str(active.pk),
    }


@pytest.mark.parametrize("who", [*Role, "nobody"])
@pytest.mark.parametrize(("route", "method"), sorted(DRAFT_ROUTES))
def test_each_room_opens_for_those_it_is_for(
    named: dict[str, str], route: str, method: str, who: str
) -> None:
    if "file/" in route:
        named["<path:name>"] = "sections/first.toml"
    if "people/at/" in route:
        named["<slug:slug>"] = "low-severity-wish-total-1"
    there = "/" + route
    for part, value in named.items():
        there = there.replace(part, value)
    answer = getattr(client_of(who, {}), method)(there)
    if who in DRAFT_ROUTES[route, method]:
        assert answer.status_code in (200, 302, 409)
        assert "/staff/account" not in answer.get("Location", "")
    elif who == "nobody":
        assert answer["Location"].startswith("/staff/account/login/?next=/staff/")
    else:
        assert answer.status_code == 404
