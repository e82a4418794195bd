"""Whatever is posted, nobody gets a 500, and what was valid is kept."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.models import Protocol, Response
from screening.views.access import DRAFT
from tests import patients
from tests.golden import protocol as rules
from tests.walking import post

HOSTILE = [
    "",
    "\x00",
    "\ud800",
    "9" * 30,
    "-1",
    "1e999999999",
    "NaN",
    "Infinity",
    "٣",
    "=1+1",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "[" * 5000,
    "x" * 50_000,
    '{"absent": "asked-declined"}',
    "asked-declined",
    "none",
    "true",
    "0",
]
PAGES = [page.slug for page in rules().pages]


def client_with(response: Response) -> Client:
    client = Client(raise_request_exception=False)
    session = client.session
    session[DRAFT] = str(response.pk)
    session.save()
    return client


@pytest.mark.parametrize("slug", PAGES)
def test_hostile_values_in_every_field_never_break_a_page(
    protocol: Protocol, slug: str
) -> None:
    answers = patients.answers_of("p42-back-fibromyalgia-and-depression")
    client = client_with(patients.draft(protocol, **answers))
    for value in HOSTILE:
        fields = {item.link_id: value for item in rules().page[slug].items}
        rows = {
            f"row-{f.link_id}": value
            for i in rules().page[slug].items
            for f in i.fields
        }
        dates = {f"birth-date-{part}": value for part in ("month", "day", "year")}
        landed = post(client, f"/page/{slug}/", fields | rows | dates)
        assert landed.status_code in (302, 404, 422), (value, landed.status_code)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_mixture_of_fields_is_answered(protocol: Protocol, data: Any) -> None:
    answers = patients.answers_of("p42-back-fibromyalgia-and-depression")
    client = client_with(patients.draft(protocol, **answers))
    slug = data.draw(st.sampled_from(PAGES))
    names = [item.link_id for item in rules().page[slug].items]
    names += ["action", "row-index", "row-count", "version", "csrfmiddlewaretoken"]
    text = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30))
    fields = data.draw(st.dictionaries(st.sampled_from(names), st.lists(text)))
    assert post(client, f"/page/{slug}/", fields).status_code in (302, 404, 422)


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("/begin/", "[" * 100_000, "application/json"),
        ("/page/about-you/", json.dumps({"a": 1}), "application/json"),
        ("/page/about-you/", "a" * 2_000_000, "application/x-www-form-urlencoded"),
        (
            "/page/about-you/",
            "&".join(f"a{i}=1" for i in range(5000)),
            "application/x-www-form-urlencoded",
        ),
        ("/page/about-you/", "%FF%FE=%00", "application/x-www-form-urlencoded"),
        ("/page/about-you/", "x", "multipart/form-data; boundary=y"),
        ("/page/about-you/", "x", "multipart/form-data"),
        ("/send/", "send_key=not-a-key", "application/x-www-form-urlencoded"),
        ("/send/", "", "text/plain"),
        ("/resume/", "resume-code=%00", "application/x-www-form-urlencoded"),
        (
            "/help-now/",
            "action=call-me&phone=%00%ff",
            "application/x-www-form-urlencoded",
        ),
        (
            "/staff/account/login/",
            "login=%00&password=%ff",
            "application/x-www-form-urlencoded",
        ),
    ],
)
def test_malformed_bodies_are_refused_without_a_fault(
    protocol: Protocol, path: str, body: str, kind: str
) -> None:
    client = client_with(patients.draft(protocol))
    answer = client.post(path, body, content_type=kind)
    assert answer.status_code < 500


@pytest.mark.parametrize(
    "path",
    [
        "/page/no-such-page/",
        "/page/%00/",
        "/page/set-by-software/",
        "/staff/case/00000000-0000-0000-0000-000000000000/",
        "/staff/?after=%00",
        "/staff/?after=00000000-0000-0000-0000-000000000000",
        "/staff/case/not-a-key/",
        "/page/medicines-b/?row=99999999999999999999",
        "/page/medicines-b/?row=%00",
        "/copy/?all=%00",
    ],
)
def test_strange_addresses_are_answered(protocol: Protocol, path: str) -> None:
    client = client_with(patients.draft(protocol))
    assert client.get(path).status_code < 500
    client.force_login(patients.person())
    assert client.get(path).status_code < 500


def test_a_page_ahead_is_not_shown_and_loses_no_answer(protocol: Protocol) -> None:
    client = client_with(patients.draft(protocol))
    assert client.get("/page/practical/")["Location"] == "/page/safe-a/"
    client.post("/page/practical/", {"escort": "yes"})
    assert Response.objects.get().answers["escort"] == "yes"
    assert client.get("/page/practical/")["Location"] == "/page/safe-a/"


def test_a_forged_answer_to_a_closed_question_counts_nowhere(
    protocol: Protocol,
) -> None:
    response = patients.draft(protocol)
    client = client_with(response)
    client.post("/page/phq9-a/", {"phq9-1": "not-at-all", "mood-dx": "bipolar"})
    assert "mood-dx" not in Response.objects.get().answers


@pytest.mark.django_db
def test_a_session_that_names_nothing_leads_back_in() -> None:
    client = Client()
    session = client.session
    session[DRAFT] = "not-a-key"
    session.save()
    assert client.get("/check/")["Location"] == "/resume/"
