"""A monitor learns whether the server lives and what is amiss, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from screening.models import Heartbeat, Protocol, guards
from screening.services.mail import delivering
from tests import patients

pytestmark = pytest.mark.django_db

PARTS = {"database", "migrations", "guards", "intake", "worker"}


def ready(client: Client) -> tuple[int, dict[str, str]]:
    answer = client.get("/health/ready")
    return answer.status_code, json.loads(answer.content)


@pytest.fixture
def clinic(protocol: Protocol) -> Protocol:
    delivering.beat()
    return protocol


def test_all_in_place_is_ready(client: Client, clinic: Protocol) -> None:
    assert ready(client) == (200, dict.fromkeys(PARTS, "ok"))


def amiss(client: Client) -> set[str]:
    status, words = ready(client)
    assert status == 503
    return {name for name, word in words.items() if word == "amiss"}


def test_a_silent_worker_is_amiss(client: Client, clinic: Protocol) -> None:
    Heartbeat.objects.update(at="2020-01-01T00:00:00Z")
    assert amiss(client) == {"worker"}


def test_a_missing_guard_is_amiss(client: Client, clinic: Protocol) -> None:
    with guards.lifted(connection):
        assert amiss(client) == {"guards"}


def test_a_closed_intake_is_amiss(client: Client, clinic: Protocol) -> None:
    Protocol.objects.update(status="retired")
    assert amiss(client) == {"intake"}


def test_a_migration_that_is_not_applied_is_amiss(
    client: Client, clinic: Protocol
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'screening'")
    assert amiss(client) == {"migrations"}


def refuse(execute: Any, sql: str, *rest: Any) -> Any:
    raise DatabaseError("away")


def test_without_a_database_the_server_still_lives(client: Client) -> None:
    with connection.execute_wrapper(refuse):
        assert client.get("/health/live").status_code == 200
        assert amiss(client) == PARTS


def test_no_patient_is_in_it(client: Client, clinic: Protocol) -> None:
    response = patients.draft(clinic, **{"safe-now": "no"})
    told = client.get("/health/ready").content.decode()
    assert response.reference not in told
    assert set(json.loads(told).values()) <= {"ok", "amiss"}
