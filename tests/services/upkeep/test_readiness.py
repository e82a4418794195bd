"""Intake opens only where an urgent answer would reach somebody; help always stands."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from screening.engine.document import content_hash
from screening.models import Protocol, guards
from screening.services.upkeep import readiness

pytestmark = pytest.mark.django_db


def put_in_force(document: dict[str, Any], signed: dict[str, Any]) -> None:
    """Make a document the active protocol, past every check of publishing."""
    with guards.lifted(connection):
        Protocol.objects.filter(status="active").update(status="retired")
        protocol = Protocol.objects.create(
            **document["protocol"] | {"version": "99.0.0"}
        )
        protocol.write(document)
        Protocol.objects.filter(pk=protocol.pk).update(
            status="active",
            content_hash=content_hash(signed),
            published_at=timezone.now(),
        )


def unwired(document: dict[str, Any]) -> dict[str, Any]:
    changed = deepcopy(document)
    changed["protocol"]["version"] = "99.0.0"
    safety = changed["safety"]
    changed["safety"] = [c for c in safety if c["code"] != "u-phq9-item9"]
    return changed


def closed() -> bool:
    shown = Client().get("/")
    assert "988" in shown.text
    assert Client().get("/help/").status_code == 200
    return 'href="/begin/"' not in shown.text


def test_the_shipped_protocol_opens_intake(protocol: Protocol) -> None:
    assert readiness.why_closed() == []
    assert not closed()


def test_a_suicide_item_that_alerts_nobody_closes_intake(
    protocol: Protocol, document: dict[str, Any]
) -> None:
    put_in_force(unwired(document), unwired(document))
    assert any("phq9-9" in why for why in readiness.why_closed())
    assert closed()


def test_a_protocol_that_was_not_signed_closes_intake(
    protocol: Protocol, document: dict[str, Any]
) -> None:
    put_in_force(unwired(document), document)
    signed_elsewhere = document | {"protocol": document["protocol"] | {"title": "x"}}
    put = Protocol.objects.filter(status="active")
    with guards.lifted(connection):
        put.update(content_hash=content_hash(signed_elsewhere))
    assert any("not what was signed" in why for why in readiness.why_closed())
    assert closed()


def test_a_region_without_crisis_contacts_closes_intake(
    protocol: Protocol, settings: Any
) -> None:
    settings.CLINIC = settings.CLINIC | {"region": "FR"}
    assert readiness.why_closed() == [
        "No crisis contacts are set for the clinic's region."
    ]
    shown = Client().get("/")
    assert 'href="/begin/"' not in shown.text and settings.CLINIC["phone"] in shown.text
    assert Client().get("/help/").status_code == 200


def test_a_content_is_looked_at_once(
    protocol: Protocol, django_assert_num_queries: Any
) -> None:
    readiness.why_closed()
    with django_assert_num_queries(1):
        readiness.why_closed()
