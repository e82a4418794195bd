"""Whatever is posted as a passkey is refused in the same words, and is on record."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from screening.models import AuditEvent, Protocol, Role
from tests import patients

pytestmark = pytest.mark.django_db

DOOR = "/staff/account/2fa/webauthn/login/"
AGAIN = "/staff/account/2fa/webauthn/reauthenticate/"
ADD = "/staff/account/2fa/webauthn/add/"
CLIENT = "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQUEiLCJvcmlnaW4iOiJ4In0"


def credential(**response: Any) -> str:
    held = {"clientDataJSON": CLIENT, "authenticatorData": "A" * 50, "signature": "AA"}
    named = {"id": "AA", "rawId": "AA", "type": "public-key"}
    return json.dumps({**named, "response": {**held, **response}})


POSTED = {
    "nothing": "",
    "words": "x",
    "a list": "[]",
    "an empty object": "{}",
    "null": "null",
    "an id alone": '{"id":1}',
    "no response": '{"rawId":"AA","response":{}}',
    "a list as response": '{"id":"AA","rawId":"AA","response":[]}',
    "brackets without end": "[" * 5000,
    "much": '{"id":"' + "A" * 20_000 + '"}',
    "nobody's handle": credential(userHandle="AA"),
    "somebody's handle": credential(userHandle="MQ"),
    "a handle that is no text": credential(userHandle=[1]),
    "no handle": credential(),
}


@pytest.mark.parametrize("what", POSTED)
def test_a_strange_passkey_is_refused_without_a_fault(
    client: Client, protocol: Protocol, what: str
) -> None:
    patients.person(Role.LEAD)
    client.get(DOOR, headers={"x-requested-with": "XMLHttpRequest"})
    assert client.post(DOOR, {"credential": POSTED[what]}).status_code == 302
    assert client.get("/staff/")["Location"].startswith("/staff/account/login/")
    client.post("/staff/account/login/", {"login": "ash", "password": "a-long-secret"})
    client.post("/staff/account/reauthenticate/", {"password": "a-long-secret"})
    assert client.post(AGAIN, {"credential": POSTED[what]}).status_code == 302
    client.get(ADD)
    added = client.post(ADD, {"credential": POSTED[what], "name": "x"})
    assert added.status_code in (200, 302)


def test_a_passkey_that_does_not_fit_is_on_record(
    client: Client, protocol: Protocol
) -> None:
    client.get(DOOR, headers={"x-requested-with": "XMLHttpRequest"})
    client.post(DOOR, {"credential": POSTED["nobody's handle"]})
    event = AuditEvent.objects.get(action="staff.sign-in-failed")
    assert (event.meta, event.object_id) == ({"what": "passkey"}, "")
