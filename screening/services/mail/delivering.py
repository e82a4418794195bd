"""Messages leave the outbox, at least once each."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from screening.models import Heartbeat, Outbox, Tier
from screening.services import promises
from screening.services.desk import telling
from screening.services.mail import letters
from screening.services.safety import announcing, drilling

WORKER = "worker"
# A worker that dies while it sends leaves its message to the others after this long.
LEASE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=1)
# With the waits between them: not quite two days.
MOST_ATTEMPTS = 48
SECONDS_FOR_THE_SERVER = 10

logger = logging.getLogger(__name__)


def beat(name: str = WORKER, *, at: datetime | None = None) -> None:
    """Note that the worker runs, for whoever must know when it does not."""
    moment = at or timezone.now()
    Heartbeat.objects.update_or_create(name=name, defaults={"at": moment})


def deliver_next(*, at: datetime | None = None) -> Outbox | None:
    """Try to send one message that is due; return it, sent or not, or None.

    Nothing is locked while the server is spoken to. A message whose fate is not known
    is sent again under the same Message-ID.
    """
    at = at or timezone.now()
    message = _claim(at)
    if message is None:
        return None
    if message.kind == announcing.DIGEST and not announcing.still_to_tell():
        message.delete()
        return deliver_next(at=at)
    try:
        _email(message, at).send()
    except Exception as error:  # one bad message must not hold up the others
        _try_later(message, error, at)
    else:
        message.sent_at, message.last_error = at, ""
        _keep(message)
        if message.kind == drilling.KIND:
            beat(drilling.DELIVERED, at=at)
    return message


@transaction.atomic
def _claim(at: datetime) -> Outbox | None:
    """Take a message for as long as the lease lasts; what is urgent goes first."""
    due = Outbox.objects.waiting().filter(due_at__lte=at)
    free = due.select_for_update(skip_locked=True)
    message = free.filter(alert__isnull=False).first() or free.first()
    if message is not None:
        message.attempts += 1
        message.due_at = at + LEASE
        message.save(update_fields=["attempts", "due_at"])
    return message


def _try_later(message: Outbox, error: Exception, at: datetime) -> None:
    message.last_error = type(error).__name__
    if message.attempts >= MOST_ATTEMPTS:
        message.dead_at = at
        logger.error("Message %s is given up: %s", message.pk, message.last_error)
    else:
        minutes = timedelta(minutes=2 ** (message.attempts - 1))
        message.due_at = at + min(minutes, LONGEST_WAIT)
        logger.warning("Message %s must wait: %s", message.pk, message.last_error)
    _keep(message)


def _keep(message: Outbox) -> None:
    """Write what became of a message, unless another worker has settled it since."""
    Outbox.objects.waiting().filter(pk=message.pk).update(
        sent_at=message.sent_at,
        dead_at=message.dead_at,
        due_at=message.due_at,
        last_error=message.last_error,
    )


def _email(message: Outbox, at: datetime) -> EmailMessage:
    letter = letters.write(message)
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return EmailMessage(
        subject=letter.subject,
        body=letter.body,
        to=[_recipient(message, at)],
        headers={
            "Message-ID": f"<{message.pk}@{sender.rpartition('@')[2]}>",
            "Auto-Submitted": "auto-generated",
        },
        connection=get_connection(
            timeout=settings.EMAIL_TIMEOUT or SECONDS_FOR_THE_SERVER
        ),
    )


def _recipient(message: Outbox, at: datetime) -> str:
    """Return whom to tell; who is on call hears of an emergency out of hours."""
    if message.kind == telling.KIND and message.response:
        return str(message.response.answers["email"])
    if message.recipient:
        return message.recipient
    emergency = message.alert is not None and message.alert.tier == Tier.C
    if emergency and settings.CLINIC["on_call"] and not promises.is_open(at):
        return str(settings.CLINIC["on_call"])
    return str(settings.CLINIC["rota"][0]["email"])
