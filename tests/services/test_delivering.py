"""Every message goes out at least once, and says nothing of a patient."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from screening.models import Heartbeat, Outbox, Protocol, Response, SafetyAlert
from screening.services import announcing, answering, delivering
from tests.golden import profile
from tests.smtp_sink import ACCEPT, DROP, HANG, REFUSE, Sink, smtp_sink

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 18, tzinfo=UTC)  # a Monday, noon in Chicago
NIGHT = datetime(2026, 11, 24, 6, tzinfo=UTC)
ROTA, ON_CALL = "ash@demo.invalid", "on-call@demo.invalid"


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    with smtp_sink() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 0.3
        yield server


@pytest.fixture
def response(protocol: Protocol) -> Response:
    return answering.begin(protocol=protocol, answers=profile("base"))


def waiting(response: Response, key: str = "one", at: datetime = NOON) -> Outbox:
    return Outbox.objects.create(
        kind="response.submitted", key=key, response=response, due_at=at
    )


def alarm(response: Response, tier: str, at: datetime = NOON) -> Outbox:
    alert = SafetyAlert(response=response, tier=tier, raised_at=at)
    alert.details = {"criteria": [], "answers": {}}
    alert.save(force_insert=True)
    return announcing.announce(alert)


def again(message: Outbox) -> Outbox:
    return Outbox.objects.get(pk=message.pk)


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
    assert "/staff/" in str(mail.get_payload())


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


@pytest.mark.parametrize(
    "mood, error",
    [
        (REFUSE, "SMTPRecipientsRefused"),
        (HANG, "SMTPServerDisconnected"),
        (DROP, "SMTPServerDisconnected"),
    ],
)
def test_what_the_server_did_not_take_is_tried_again(
    sink: Sink, response: Response, mood: str, error: str
) -> None:
    message = waiting(response)
    sink.mood = mood
    delivering.deliver_next(at=NOON)
    failed = again(message)
    assert (failed.sent_at, failed.attempts) == (None, 1)
    assert failed.last_error == error
    sink.mood = ACCEPT
    assert delivering.deliver_next(at=NOON + timedelta(seconds=59)) is None
    delivering.deliver_next(at=NOON + timedelta(seconds=60))
    assert again(message).sent_at == NOON + timedelta(seconds=60)
    assert again(message).last_error == ""


def test_a_second_copy_carries_the_number_of_the_first(
    sink: Sink, response: Response
) -> None:
    waiting(response)
    sink.mood = DROP
    delivering.deliver_next(at=NOON)
    sink.mood = ACCEPT
    delivering.deliver_next(at=NOON + timedelta(minutes=1))
    first, second = sink.mails
    assert first["Message-ID"] == second["Message-ID"]


def test_a_server_that_is_away_costs_a_little_more_patience_each_time(
    sink: Sink, response: Response, settings: Any
) -> None:
    settings.EMAIL_PORT = 1
    message, at, waits = waiting(response), NOON, []
    for _ in range(9):
        delivering.deliver_next(at=at)
        waits.append(again(message).due_at - at)
        at = again(message).due_at
    minutes = [wait.total_seconds() / 60 for wait in waits]
    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_message_that_fails_for_two_days_is_given_up(
    sink: Sink, response: Response
) -> None:
    sink.mood = REFUSE
    message = waiting(response)
    Outbox.objects.update(attempts=delivering.MOST_ATTEMPTS - 1)
    delivering.deliver_next(at=NOON)
    assert again(message).dead_at == NOON
    assert delivering.deliver_next(at=NOON + timedelta(days=1)) is None


def test_one_bad_message_does_not_hold_up_the_others(
    sink: Sink, response: Response
) -> None:
    bad = alarm(response, "b")
    bad.recipient = "two\nlines@demo.invalid"
    bad.save()
    waiting(response)
    delivering.deliver_next(at=NOON)
    delivering.deliver_next(at=NOON)
    assert again(bad).last_error == "ValueError"
    assert len(sink.mails) == 1


def test_a_message_in_another_workers_hands_is_left_alone(
    sink: Sink, response: Response
) -> None:
    waiting(response)
    taken = delivering._claim(NOON)
    assert taken is not None
    assert delivering.deliver_next(at=NOON) is None
    later = NOON + delivering.LEASE
    assert delivering.deliver_next(at=later) == taken
    delivering._try_later(taken, OSError(), later)
    assert again(taken).sent_at == later


def test_the_log_says_which_message_and_nothing_else(
    sink: Sink, response: Response, caplog: pytest.LogCaptureFixture
) -> None:
    sink.mood = REFUSE
    message = waiting(response)
    delivering.deliver_next(at=NOON)
    assert str(message.pk) in caplog.text
    assert ROTA not in caplog.text


def test_a_heartbeat_is_one_row_that_moves(db: None) -> None:
    delivering.beat(at=NOON)
    delivering.beat()
    beat = Heartbeat.objects.get()
    assert beat.name == delivering.WORKER
    assert timezone.now() - beat.at < timedelta(minutes=1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_send_the_same_message_twice(
    sink: Sink, response: Response
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("The database in memory has one connection.")
    for number in range(20):
        waiting(response, key=str(number))

    def work() -> None:
        while delivering.deliver_next(at=NOON):
            pass
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    numbers = [mail["Message-ID"] for mail in sink.mails]
    assert len(numbers) == len(set(numbers)) == 20
