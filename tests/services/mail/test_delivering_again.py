"""What a mail server did not take is sent again, and again, and given up in the end."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from screening.models import Outbox, Response
from screening.services.mail import delivering
from tests.outbox import NOON, ROTA, again, alarm, waiting
from tests.smtp_sink import ACCEPT, DROP, HANG, REFUSE, Sink

pytestmark = pytest.mark.django_db


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
