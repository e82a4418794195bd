"""Faults that a trial must find, or it proves nothing. The product never loads this."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any


def apply(name: str) -> None:
    """Break this process of the product in one way; "" breaks nothing."""
    if name:
        FAULTS[name]()


def no_unique_key() -> None:
    """Look whether it was sent, then send: two at once both find that it was not."""
    from django.db import transaction

    from screening.models import Outbox, Response
    from screening.services import answering

    submit = answering.submit

    def announce(response: Response) -> None:
        kind, key = "response.submitted", str(uuid.uuid4())
        Outbox.objects.create(kind=kind, key=key, response=response)

    def submit_again(response_id: uuid.UUID, **more: Any) -> Response:
        rows = Response.objects.filter(pk=response_id)
        if rows.get().submitted_at:
            return rows.get()
        with transaction.atomic():
            rows.update(submitted_at=None, status="in-progress")
            return submit(response_id, **more)

    answering._announce = announce
    answering.submit = submit_again


def no_transaction() -> None:
    """Each statement stands alone, so that a crash may fall between any two."""
    from django.db import transaction
    from django.db.models import QuerySet

    from screening.services import answering, auditing

    QuerySet.select_for_update = lambda rows, *_, **__: rows  # type: ignore[method-assign]
    auditing.record = transaction.atomic(auditing.record)
    for name in ("begin", "save_page", "submit"):
        setattr(answering, name, getattr(answering, name).__wrapped__)


def mail_in_the_request() -> None:
    """A patient who sends waits until the mail server has taken a mail."""
    from django.core.mail import send_mail

    from screening.services import answering

    announce = answering._announce

    def announce_and_mail(response: Any) -> None:
        announce(response)
        send_mail("New", "One waits.", None, ["desk@demo.invalid"])

    answering._announce = announce_and_mail


def no_version_check() -> None:
    """Whoever signs, signs whatever is there now, read or not."""
    from screening.models import Response
    from screening.services import reviewing

    sign = reviewing.sign

    def sign_blindly(response_id: uuid.UUID, *, version: int, **more: Any) -> Any:
        now = Response.objects.get(pk=response_id).version
        for _ in range(20):
            with suppress(reviewing.CaseChanged):
                return sign(response_id, version=now, **more)
            now = Response.objects.get(pk=response_id).version
        raise reviewing.CaseChanged

    reviewing.sign = sign_blindly


def no_associated_data() -> None:
    """A ciphertext opens wherever it is put."""
    from screening.vault import envelope

    encrypt, decrypt = envelope._encrypt, envelope._decrypt
    envelope._encrypt = lambda key, plain, context: encrypt(key, plain, "")
    envelope._decrypt = lambda key, stored, context: decrypt(key, stored, "")


def audit_after_view() -> None:
    """The page is shown, and then it is written down who saw it, if that goes well."""
    from django.core.signals import request_finished
    from django.db import DatabaseError

    from screening.services import reviewing

    open_case, seen = reviewing.open_case, []

    def remember(response: Any, **more: Any) -> None:
        seen.append((response, more))

    def write_down(**_: Any) -> None:
        while seen:
            response, more = seen.pop()
            with suppress(DatabaseError):
                open_case(response, **more)

    reviewing.open_case = remember
    request_finished.connect(write_down, weak=False)


FAULTS: dict[str, Callable[[], None]] = {
    "no-unique-key": no_unique_key,
    "no-transaction": no_transaction,
    "mail-in-the-request": mail_in_the_request,
    "no-version-check": no_version_check,
    "no-associated-data": no_associated_data,
    "audit-after-view": audit_after_view,
}
