"""Whoever asks for help once more is heard once more, in the same words too."""

from __future__ import annotations

import pytest
from django.test import Client

from screening.models import AlertEvent, Protocol, Response, SafetyAlert
from screening.services.safety import owning
from tests import patients
from tests.test_lost_drafts import holding

TIERS = {"call-me": "b", "not-safe": "c"}
every_tap = pytest.mark.parametrize("tap", TIERS)


@pytest.fixture
def phone(protocol: Protocol) -> Client:
    return holding(patients.draft(protocol, **patients.ASQ_CALM))


def press(phone: Client, tap: str) -> str:
    return phone.post("/help-now/", {"action": tap}, follow=True).text


def is_offered(tap: str, page: str) -> bool:
    return f'value="{tap}"' in page


def close() -> None:
    by = patients.person()
    for alert in SafetyAlert.objects.open():
        owning.close(alert.pk, by=by, reason="reached-safe")


@every_tap
def test_while_the_alert_is_open_it_is_not_asked_again(phone: Client, tap: str) -> None:
    shown = press(phone, tap)
    assert not is_offered(tap, shown)
    press(phone, tap)
    assert SafetyAlert.objects.get().tier == TIERS[tap]
    assert not AlertEvent.objects.exists()


@every_tap
def test_once_it_is_closed_the_same_cry_raises_a_new_one(
    phone: Client, tap: str
) -> None:
    press(phone, tap)
    close()
    again = phone.get("/help-now/").text
    assert is_offered(tap, again) and "You asked us to call you" not in again
    assert not is_offered(tap, press(phone, tap))
    assert SafetyAlert.objects.open().get().tier == TIERS[tap]
    assert SafetyAlert.objects.count() == 2
    assert Response.objects.awaiting_review().exists()


def test_an_answer_that_is_merely_saved_again_is_no_new_cry(phone: Client) -> None:
    phone.post("/page/safe-b/", {"safe-now": "no"})
    close()
    phone.post("/page/safe-b/", {"safe-now": "no"})
    assert not SafetyAlert.objects.open().exists()


def test_whoever_asked_for_a_call_reads_so_before_all_else(phone: Client) -> None:
    shown = press(phone, "call-me")
    said, numbers = map(shown.index, ("You asked us to call you.", 'id="talk"'))
    assert said < numbers
