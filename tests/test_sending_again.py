"""A sending whose answer got lost on the way is confirmed to whoever repeats it."""

from __future__ import annotations

import uuid
from typing import Any

from django.test import Client

from screening.models import Outbox, Protocol, Response
from screening.views.access import DRAFT
from tests import patients


def sent_by(client: Client, response: Response) -> Any:
    return client.post("/send/", {"send_key": str(response.send_key)})


def complete(protocol: Protocol) -> Response:
    answers = patients.answers_of("p01-two-antidepressants-failed")
    return patients.draft(protocol, **answers)


def test_a_second_tap_without_the_session_is_confirmed(protocol: Protocol) -> None:
    response, client = complete(protocol), Client()
    session = client.session
    session[DRAFT] = str(response.pk)
    session.save()
    assert sent_by(client, response)["Location"] == "/sent/"
    again = Client()
    assert sent_by(again, response)["Location"] == "/sent/"
    assert again.session["sent"] == client.session["sent"]
    assert Outbox.objects.filter(kind="response.submitted").count() == 1


def test_the_key_of_a_draft_sends_nothing_without_its_session(
    protocol: Protocol,
) -> None:
    response = complete(protocol)
    assert sent_by(Client(), response)["Location"] == "/resume/"
    assert Response.objects.get().submitted_at is None


def test_an_unknown_key_leads_to_the_way_back(protocol: Protocol) -> None:
    landed = Client().post("/send/", {"send_key": str(uuid.uuid4())})
    assert landed["Location"] == "/resume/"


def test_what_was_erased_is_confirmed_to_nobody(protocol: Protocol) -> None:
    response = patients.sent(protocol)
    Response.objects.update(wrapped_key=b"")
    assert sent_by(Client(), response)["Location"] == "/resume/"
