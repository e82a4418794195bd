"""What nobody may see: a ciphertext put elsewhere, a case opened off the record."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.db import transaction
from django.test import Client

from chaos import guarding, patients
from chaos.cluster import Cluster
from screening import vault
from screening.models import Protocol, Response, Role, Staff
from screening.services import answering

SEALED = ("answers", "summary")


def swapping(cluster: Cluster | None, rows: int) -> dict[str, Any]:
    """Put each sealed document, with its key or without, where another one was."""
    sent, opened, tries = _sent(rows), 0, 0
    for mine, other in zip(sent, [*sent[1:], sent[0]], strict=True):
        for part in SEALED:
            for key in (mine.key, other.key):
                tries += 1
                opened += _opens(key, other, part, f"{mine.context}:{part}")
        within = (SEALED[0], f"{mine.context}:{SEALED[1]}")
        tries += 1
        opened += _opens(mine.key, mine, *within)
    return {"tries": tries, "opened": opened}


def _opens(key: vault.WrappedKey, row: Response, part: str, context: str) -> int:
    with suppress(vault.Unreadable):
        vault.unseal(key, bytes(getattr(row, f"sealed_{part}")), context=context)
        return 1
    return 0


def viewing(cluster: Cluster | None, cases: int) -> dict[str, Any]:
    """Open cases while nothing can be recorded: then nothing may be shown either."""
    sent, seen = _sent(cases), 0
    client = Client(raise_request_exception=False, SERVER_NAME="localhost")
    person = Staff.objects.create_user("ash", "ash@demo.invalid", role=Role.REVIEWER)
    client.force_login(person)
    with guarding.no_audit():
        for response in sent:
            page = client.get(f"/staff/case/{response.pk}/").content.decode()
            seen += response.answers["full-name"] in page
    shown = sum(
        response.answers["full-name"]
        in client.get(f"/staff/case/{response.pk}/").content.decode()
        for response in sent
    )
    return {"cases": cases, "seen": seen, "shown_otherwise": shown}


def _sent(number: int) -> list[Response]:
    protocol, sent = Protocol.objects.current(), []
    with transaction.atomic():
        for place in range(number):
            response = answering.begin(protocol=protocol, answers={})
            answers = patients.young(f"Person Nr {place}")
            answering.save_page(response.pk, answers=answers)
            answering.submit(response.pk, send_key=response.send_key)
            sent.append(Response.objects.get(pk=response.pk))
    return sent
