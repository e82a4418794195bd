"""Links that are used once: what they end in, and how long they last."""

from __future__ import annotations

import base64
import uuid
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.utils import timezone

from screening import vault
from screening.models import CaseLink, PatientInvitation, StaffInvitation
from screening.models.invitations import UNUSED

AnyLink = TypeVar("AnyLink", PatientInvitation, StaffInvitation, CaseLink)

TOKEN_BYTES = 16
# What a sentence or a program puts around a link.
AROUND = ".,;:!?()<>[]'\"’” "
# Days, where the clinic's file says nothing.
DAYS = {"patient_days": 14, "staff_days": 3, "more_days": 7}


class NotUsable(Exception):
    """The link was used, withdrawn, or is too old."""


def token_of(link: PatientInvitation | StaffInvitation | CaseLink) -> str:
    """Return what the link ends in: 128 bits that only the keyring and the row give.

    Nothing from which the link could be made again is in the database.
    """
    mac = vault.blind_index(f"link:{link._meta.model_name}", str(link.pk))
    token = base64.urlsafe_b64encode(bytes.fromhex(mac)[:TOKEN_BYTES])
    return token.rstrip(b"=").decode("ascii")


def make(link: AnyLink, days: str) -> AnyLink:
    """Give a new link its end and its index, and write it."""
    said = (DAYS | settings.CLINIC.get("invitations", {}))[days]
    link.made_at = timezone.now()
    link.expires_at = link.made_at + timedelta(days=said)
    link.token_index = _index(token_of(link))
    link.save(force_insert=True)
    return link


def find(kind: type[AnyLink], token: str) -> AnyLink | None:
    """Return the link that ends in this, if it can still be used."""
    usable: Any = kind.objects.usable(timezone.now())
    index = _index(token.strip(AROUND))
    found: AnyLink | None = usable.filter(token_index=index).first()
    return found


def usable(kind: type[AnyLink], key: object) -> AnyLink | None:
    """Return the link with this key, if it can still be used."""
    try:
        pk = uuid.UUID(str(key))
    except ValueError:
        return None
    found: Any = kind.objects.usable(timezone.now()).filter(pk=pk).first()
    return found


def use(link: AnyLink, at: datetime) -> None:
    """Use a link up, in the transaction of what it opens. Raises NotUsable.

    Of two who use it at one moment the database lets one through.
    """
    rows: Any = type(link).objects.usable(at).filter(pk=link.pk)
    if not rows.update(used_at=at):
        raise NotUsable


def withdraw(link: AnyLink, at: datetime) -> bool:
    """Take back a link that was not used; tell whether there was anything to take."""
    rows: Any = type(link).objects.filter(UNUSED, pk=link.pk)
    return bool(rows.update(withdrawn_at=at))


def _index(token: str) -> str:
    return vault.blind_index("link", token)
