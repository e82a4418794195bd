"""What the tests of services share: a mail server, and somebody who answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from screening.models import Protocol, Response
from screening.services import answering
from tests.golden import profile
from tests.smtp_sink import Sink, smtp_sink


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    with smtp_sink() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 0.3
        yield server


@pytest.fixture
def response(protocol: Protocol) -> Response:
    return answering.begin(protocol=protocol, answers=profile("base"))
