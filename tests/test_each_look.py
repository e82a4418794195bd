"""No page of the staff's opens what is sealed before it is on record who looks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from screening.models import AuditEvent, Protocol, Role
from screening.vault import envelope
from tests import patients
from tests.test_access import ROUTES, address, client_of, world

__all__ = ["world"]
pytestmark = pytest.mark.django_db

OF_STAFF = sorted(each for each in ROUTES if each[0].startswith("staff/"))
# Whoever writes opens the key to seal with; only documents tell anything.
KEY = 64


class Watched:
    """Opens what the library opens, and notes how much was on record by then."""

    recorded: ClassVar[list[int]] = []

    def __init__(self, key: bytes) -> None:
        self.cipher = AESGCM(key)
        self.encrypt = self.cipher.encrypt

    def decrypt(self, *given: Any) -> bytes:
        opened = self.cipher.decrypt(*given)
        if len(opened) > KEY:
            self.recorded.append(AuditEvent.objects.count())
        return opened


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    monkeypatch.setattr(envelope, "AESGCM", Watched)
    yield Watched.recorded
    Watched.recorded.clear()


@pytest.mark.parametrize(("route", "method"), OF_STAFF)
def test_a_look_is_on_record_before_anything_is_opened(
    world: dict[str, str], looks: list[int], protocol: Protocol, route: str, method: str
) -> None:
    """A lead, who may open most, asks for a case that alarmed and one that was sent."""
    there = {address(route, world)}
    there.add(address(route, world | {"case": str(patients.sent(protocol).pk)}))
    client = client_of(Role.LEAD, world)
    looks.clear()
    for path in sorted(there):
        before = AuditEvent.objects.count()
        getattr(client, method)(path)
        assert all(recorded > before for recorded in looks)
        looks.clear()
