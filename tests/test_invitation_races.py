"""Many hold the same link and press at one moment: one questionnaire begins."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from screening.models import PatientInvitation, Protocol, Response, Role
from screening.services import links
from screening.services.journey import inviting
from tests import patients

MANY = 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer in memory")
def test_of_many_who_press_at_once_one_begins(protocol: Protocol) -> None:
    invitation = inviting.invite(by=patients.person(Role.FRONT_DESK))
    ready = Barrier(MANY)

    def press(_: int) -> bool:
        found = PatientInvitation.objects.get(pk=invitation.pk)
        ready.wait()
        try:
            inviting.begin(found, protocol=protocol, answers={})
        except links.NotUsable:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(MANY) as pool:
        won = list(pool.map(press, range(MANY)))
    assert sorted(won) == [False, False, False, True]
    assert Response.objects.count() == 1
