"""Beginning a questionnaire: a page that was shown, a person, a budget by address."""

from __future__ import annotations

import time
from copy import deepcopy
from typing import Any

import pytest
import time_machine
from django.conf import settings as configured
from django.test import Client

from screening.models import AlertEvent, Protocol, Response, SafetyAlert
from screening.services.publishing import publish
from tests import patients, walking
from tests.walking import posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def consent(protocol: Protocol) -> dict[str, Any]:
    answers = patients.answers_of("p01-two-antidepressants-failed")
    said = posted(protocol.engine.pages[0], answers)
    return dict(said) | {"start-token": token(Client())}


def token(client: Client) -> str:
    page = client.get("/begin/")
    text = page.content.decode()
    return text.partition('name="start-token" value="')[2].partition('"')[0]


def begin(said: dict[str, Any], **more: Any) -> Any:
    return Client().post("/begin/", said, **more)


def test_a_person_begins(consent: dict[str, Any]) -> None:
    assert begin(consent)["Location"].startswith("/page/")
    assert Response.objects.count() == 1


@pytest.mark.parametrize("forged", ["", "x", "eyJ9:1abc:def"])
def test_without_the_page_that_was_shown_nothing_begins(
    consent: dict[str, Any], forged: str
) -> None:
    answer = begin(consent | {"start-token": forged})
    assert answer["Location"] == "/begin/"
    assert not Response.objects.exists()


def test_a_page_of_yesterday_is_shown_again(consent: dict[str, Any]) -> None:
    with time_machine.travel(time.time() + 24 * 3600 + 1):
        assert begin(consent)["Location"] == "/begin/"


def test_what_fills_in_the_hidden_field_goes_on_and_is_marked(
    consent: dict[str, Any],
) -> None:
    answer = begin(consent | {"website": "https://spam.example"})
    assert answer["Location"].startswith("/page/")
    assert Response.objects.get().is_spam


def test_what_fills_in_the_hidden_field_has_the_budget_of_all(
    consent: dict[str, Any], settings: Any
) -> None:
    settings.STARTS_PER_HOUR = 2
    for _ in range(5):
        begin(consent | {"website": "https://spam.example"})
    assert Response.objects.count() == 2


def test_over_the_budget_the_phone_and_the_help_are_shown(
    consent: dict[str, Any], settings: Any
) -> None:
    settings.STARTS_PER_HOUR = 5
    for _ in range(20):
        last = begin(consent)
    assert Response.objects.count() == 5
    assert last.status_code == 429
    assert configured.CLINIC["phone"] in last.content.decode()
    assert "988" in last.content.decode()


def test_the_budget_is_an_address_and_an_hour_wide(
    consent: dict[str, Any], settings: Any
) -> None:
    settings.STARTS_PER_HOUR = 1
    begin(consent)
    assert begin(consent).status_code == 429
    assert begin(consent, REMOTE_ADDR="192.0.2.7").status_code == 302
    with time_machine.travel(time.time() + 3601):
        assert begin(consent).status_code == 302


def test_a_refused_consent_costs_nothing(
    consent: dict[str, Any], settings: Any
) -> None:
    settings.STARTS_PER_HOUR = 1
    for _ in range(3):
        assert begin(consent | {"consent-questionnaire": "false"}).status_code == 200
    assert begin(consent).status_code == 302


def test_a_forged_address_opens_no_new_budget(
    consent: dict[str, Any], settings: Any
) -> None:
    settings.STARTS_PER_HOUR, settings.PROXIES = 1, 1
    answers = [
        begin(consent, HTTP_X_FORWARDED_FOR=f"198.51.100.{n}, 192.0.2.1").status_code
        for n in range(5)
    ]
    assert answers == [302, 429, 429, 429, 429]


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", 429),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", 302),
        ("::ffff:198.51.100.1", "::ffff:198.51.100.2", 302),
        ("unknown", "unknown", 429),
    ],
)
def test_all_addresses_of_one_household_have_one_budget(
    consent: dict[str, Any], settings: Any, first: str, second: str, status: int
) -> None:
    settings.STARTS_PER_HOUR = 1
    assert begin(consent, REMOTE_ADDR=first).status_code == 302
    assert begin(consent, REMOTE_ADDR=second).status_code == status


def test_without_a_proxy_no_header_is_believed(
    consent: dict[str, Any], settings: Any
) -> None:
    settings.STARTS_PER_HOUR, settings.PROXIES = 1, 0
    begin(consent, HTTP_X_FORWARDED_FOR="198.51.100.1")
    assert begin(consent, HTTP_X_FORWARDED_FOR="198.51.100.2").status_code == 429


def test_what_is_urgent_on_the_first_page_alerts_as_it_begins(
    document: dict[str, Any],
) -> None:
    changed = deepcopy(document)
    changed["protocol"]["version"] = "99.0.0"
    urgent = next(c for c in changed["safety"] if c["code"] == "u-not-safe")
    clause = {"question": "who-answers", "operator": "=", "answer": "on-behalf"}
    own = {"code": "u-own", "statement": "A rule of ours", "clauses": [[clause]]}
    changed["safety"].append(urgent | own)
    rules, client = publish(changed).engine, Client()
    red = {"consent-questionnaire": True, "who-answers": "on-behalf"}
    assert walking.begin(client, rules, red) == "/help-now/"
    assert SafetyAlert.objects.get().details["criteria"] == ["u-own"]
    went = client.post("/help-now/", {"action": "go-on"})
    assert went["Location"] == f"/page/{rules.pages[1].slug}/"
    client.post(went["Location"], {"help-with": "mood"})
    assert not AlertEvent.objects.exists()
