"""Every message goes out at least once, and says nothing of a patient."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from screening.models import Heartbeat, Outbox, Response, Staff
from screening.services.desk import assigning
from screening.services.mail import delivering
from screening.services.safety import announcing
from tests.outbox import NIGHT, NOON, ON_CALL, ROTA, again, alarm, waiting
from tests.smtp_sink import Sink

pytestmark = pytest.mark.django_db


def test_a_message_is_sent_once(sink: Sink, response: Response) -> None:
    waiting(response)
    sent = delivering.deliver_next(at=NOON)
    assert sent is not None and again(sent).sent_at == NOON
    assert delivering.deliver_next(at=NOON + timedelta(days=2)) is None
    assert len(sink.mails) == 1


def test_nothing_due_is_nothing_sent(sink: Sink, response: Response) -> None:
    waiting(response, at=NOON + timedelta(seconds=1))
    assert delivering.deliver_next(at=NOON) is None
    assert not sink.called.is_set()


def test_a_mail_says_that_something_waits_and_where(
    sink: Sink, response: Response
) -> None:
    message = waiting(response)
    delivering.deliver_next(at=NOON)
    mail = sink.mails[0]
    assert mail["Subject"] == "1 response is waiting"
    assert mail["Message-ID"] == f"<{message.pk}@demo.invalid>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["To"] == ROTA
    assert "http://localhost:8000/staff/" in str(mail.get_payload()).splitlines()


def test_a_mail_of_an_alert_leads_to_a_page_that_all_of_the_rota_may_open(
    sink: Sink, response: Response
) -> None:
    alarm(response, "b")
    delivering.deliver_next(at=NOON)
    said = str(sink.mails[0].get_payload()).splitlines()
    assert "http://localhost:8000/staff/safety/" in said


def test_the_leads_are_told_when_somebody_opens_anothers_case(
    sink: Sink, response: Response
) -> None:
    away, lead, birch = (
        Staff.objects.create(username=name, email=f"{name}@demo.invalid", role=role)
        for name, role in (("dune", "lead"), ("cedar", "lead"), ("birch", "reviewer"))
    )
    Staff.objects.filter(pk=away.pk).update(is_active=False)
    assigning.open_anyway(response, by=birch, reason="covering")
    assigning.open_anyway(response, by=lead, reason="supervising")
    delivering.deliver_next(at=timezone.now())
    assert delivering.deliver_next(at=timezone.now()) is None
    assert [mail["To"] for mail in sink.mails] == ["cedar@demo.invalid"]
    said = str(sink.mails[0].get_payload())
    assert "http://localhost:8000/staff/opened/" in said.splitlines()
    assert response.reference not in said and assigning.TOLD in said


def test_a_mail_holds_no_word_of_a_patient(sink: Sink, response: Response) -> None:
    alarm(response, "c")
    delivering.deliver_next(at=NOON)
    mail = str(sink.mails[0]).casefold()
    answers = response.answers
    told = [answers["full-name"], answers["phone"], response.reference, "suicid"]
    assert not [word for word in told if word.casefold() in mail]
    assert str(response.pk) not in mail
    assert sink.mails[0]["Subject"] == "1 urgent response is waiting"


def test_an_alert_is_announced_once(response: Response) -> None:
    first = alarm(response, "b")
    assert first.alert is not None
    assert announcing.announce(first.alert) == first
    assert first.key == f"alert:{first.alert.pk}"
    assert Outbox.objects.count() == 1


@pytest.mark.parametrize(
    "tier, at, recipient",
    [
        ("c", NOON, ROTA),
        ("c", NIGHT, ON_CALL),
        ("b", NIGHT, ROTA),
        ("a", NIGHT, ROTA),
    ],
)
def test_an_emergency_out_of_hours_goes_to_whoever_is_on_call(
    sink: Sink, response: Response, tier: str, at: datetime, recipient: str
) -> None:
    alarm(response, tier)
    delivering.deliver_next(at=at)
    assert sink.recipients == [recipient]


def test_a_named_recipient_is_the_one_who_is_told(
    sink: Sink, response: Response
) -> None:
    message = alarm(response, "c")
    message.recipient = "birch@demo.invalid"
    message.save()
    delivering.deliver_next(at=NIGHT)
    assert sink.recipients == ["birch@demo.invalid"]


def test_what_is_urgent_goes_first(sink: Sink, response: Response) -> None:
    waiting(response, at=NOON - timedelta(hours=1))
    urgent = alarm(response, "b")
    first = delivering.deliver_next(at=NOON)
    second = delivering.deliver_next(at=NOON)
    assert first == urgent and second not in (None, urgent)


def test_a_heartbeat_is_one_row_that_moves(db: None) -> None:
    delivering.beat(at=NOON)
    delivering.beat()
    beat = Heartbeat.objects.get()
    assert beat.name == delivering.WORKER
    assert timezone.now() - beat.at < timedelta(minutes=1)
