"""Walk through the questionnaire once and undo that: templates are read then."""

from __future__ import annotations

from django.db import transaction
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment

from chaos import patients
from screening.models import Protocol
from tests import walking


def warm_up() -> None:
    protocol = Protocol.objects.current().engine
    setup_test_environment()
    with transaction.atomic():
        client = Client(SERVER_NAME="localhost")
        walking.walk(client, protocol, patients.answers_of(patients.YOUNG))
        walking.send(client)
        transaction.set_rollback(True)
    teardown_test_environment()
