"""For an hour the mail server takes nothing: no patient notices, no notice is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from screening.models import Outbox, Protocol, SafetyAlert
from screening.services import answering
from screening.services.mail import delivering
from screening.services.safety import escalating, watching
from tests import patients
from tests.smtp_sink import ACCEPT, DROP, HANG, REFUSE, Sink

NOON = datetime(2026, 11, 23, 18, tzinfo=UTC)  # a Monday, noon in Chicago
REDS = {0: "not-sure", 20: "no", 40: "hurt"}  # minute of the hour, answer

pytestmark = pytest.mark.django_db


def minute(number: int, protocol: Protocol) -> None:
    """Let a patient answer, where it is time, and a worker do its duties."""
    with time_machine.travel(NOON + timedelta(minutes=number), tick=False):
        if number in REDS:
            response = patients.draft(protocol)
            red = {"safe-now": REDS[number]}
            assert answering.save_page(response.pk, answers=red).help_tier
        delivering.beat()
        escalating.escalate_overdue()
        while delivering.deliver_next() is not None:
            pass


@pytest.mark.parametrize("mood", [REFUSE, HANG, DROP])
def test_every_notice_arrives_once_the_server_is_back(
    sink: Sink, protocol: Protocol, settings: Any, mood: str
) -> None:
    settings.EMAIL_TIMEOUT = 0.05
    sink.mood = mood
    for number in range(60):
        minute(number, protocol)
    assert SafetyAlert.objects.count() == len(REDS)
    assert not Outbox.objects.filter(sent_at__isnull=False).exists()
    said = watching.warnings(at=NOON + timedelta(hours=1))
    assert any("could not be delivered" in warning for warning in said)
    if mood == DROP:
        # The server took them, and never said so: they are sent again.
        assert sink.mails
    sink.mood = ACCEPT
    for number in range(60, 122):
        minute(number, protocol)
    waited = Outbox.objects.exclude(kind="response.submitted")
    assert not waited.filter(sent_at__isnull=True).exists()
    ids = {str(mail["Message-ID"]) for mail in sink.mails}
    assert ids == {f"<{pk}@demo.invalid>" for pk in waited.values_list("pk", flat=True)}
    assert waited.filter(kind="alert.raised").count() == len(REDS)
