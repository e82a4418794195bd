"""An answer that got lost on the way is given again to whoever asks again."""

from __future__ import annotations

import uuid
from typing import Any

from django.test import Client

from screening.models import Outbox, Protocol, Response
from screening.views.access import DRAFT
from tests import patients
from tests.golden import protocol as rules


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


def test_help_that_never_arrived_is_shown_when_the_page_is_sent_again(
    protocol: Protocol,
) -> None:
    response, client = patients.draft(protocol), Client()
    session = client.session
    session[DRAFT] = str(response.pk)
    session.save()
    red = {f"asq-{number}": "yes" for number in (1, 2, 3)} | {"asq-4": "no"}
    page = page_of("asq-3")
    assert client.post(page, red)["Location"] == "/help-now/"
    # The line was cut, and the patient presses the button again.
    assert client.post(page, red)["Location"] == "/help-now/"
    assert client.get("/help-now/").status_code == 200
    assert client.post(page, red)["Location"] != "/help-now/"
    assert Response.objects.get().alerts.count() == 1


def page_of(link_id: str) -> str:
    return f"/page/{rules().page_of[link_id].slug}/"
