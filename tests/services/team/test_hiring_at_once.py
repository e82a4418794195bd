"""Two leads ask the same colleague in at one moment: one link is left, none breaks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from screening.models import Role
from screening.services.team import hiring
from tests import patients

NEW = "ivy@clinic.example"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer in memory")
def test_of_two_invitations_of_one_address_one_is_left(db: None) -> None:
    pair = [patients.person(Role.LEAD, name) for name in ("one", "two")]
    hiring.invite(email=NEW, role=Role.REVIEWER, by=pair[0])
    ready = Barrier(2)

    def press(number: int) -> None:
        ready.wait()
        try:
            hiring.invite(email=NEW, role=Role.REVIEWER, by=pair[number])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(press, range(2)))
    assert len(hiring.waiting()) == 1
