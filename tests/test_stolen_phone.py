"""A phone that is found after sending, or a cookie copied before, tells nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from screening.models import Protocol, Response
from screening.services.journey import codes
from tests import patients
from tests.canaries import answers_with_canaries, silent
from tests.test_access import ROUTES
from tests.views.desk import clinician
from tests.walking import send, walk

pytestmark = pytest.mark.django_db

SLUG = "p01-two-antidepressants-failed"
OF_PATIENTS = sorted(
    {route for route, _ in ROUTES if not route.startswith("staff/")} - {"leave/"}
)


def told(client: Client, slugs: list[str]) -> str:
    """Return all that any page of a patient's says to this browser."""
    paths = [r for r in OF_PATIENTS if "<" not in r] + [f"page/{s}/" for s in slugs]
    pages = [client.get(f"/{path}?all=yes", follow=True) for path in paths]
    return "".join(p.content.decode() for p in pages if not p.streaming)


def test_after_sending_no_page_tells_an_answer(protocol: Protocol) -> None:
    client, slugs = Client(), list(protocol.engine.page)
    walk(client, protocol.engine, answers_with_canaries(protocol.engine, SLUG))
    code = Response.objects.get().document["resume_code"]
    copied = Client()
    copied.cookies["session"] = client.cookies["session"].value
    assert not silent(told(client, slugs))
    send(client)
    for thief in (client, copied):
        said = told(thief, slugs)
        assert silent(said)
        assert code not in said and codes.grouped(code) not in said


def test_the_code_of_what_was_sent_opens_nothing(protocol: Protocol) -> None:
    draft = patients.draft(protocol)
    code = draft.document["resume_code"]
    Response.objects.filter(pk=draft.pk).update(wrapped_key=b"")
    thief = Client()
    typed = {"resume-code": code, "birth-date-year": "1984"}
    day = {"birth-date-month": "5", "birth-date-day": "1"}
    assert thief.post("/resume/", typed | day).status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        *("case/{}/", "case/{}/basis/", "case/{}/export.json", "alert/{}/"),
        *("protocol/draft/people/{}/", "invitations/{}/"),
    ],
)
def test_a_guessed_number_finds_nothing(protocol: Protocol, path: str) -> None:
    guessed = "00000000-0000-4000-8000-000000000000"
    answer = clinician().get("/staff/" + path.format(guessed))
    assert answer.status_code in (302, 404)
