"""A demo never opens the records of a real clinic."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from screening.models import Protocol
from screening.services.safety import drilling

pytestmark = pytest.mark.django_db


def employ(email: str) -> None:
    get_user_model()._default_manager.create(
        username=email, email=email, role="reviewer"
    )


def test_a_demo_opens_for_invented_staff() -> None:
    employ("ash@demo.invalid")
    call_command("check", tags=["database"], databases=["default"])


def test_a_demo_opens_again_after_its_daily_drill(protocol: Protocol) -> None:
    drilling.drill_if_due()
    call_command("check", tags=["database"], databases=["default"])


@pytest.mark.parametrize("email", ["ash@example.org", "", "ash@demo.invalid.example"])
def test_a_demo_does_not_open_for_real_staff(email: str) -> None:
    employ(email)
    with pytest.raises(SystemCheckError, match="a demo must not open it"):
        call_command("check", tags=["database"], databases=["default"])


def test_production_opens_for_real_staff(settings: Any) -> None:
    settings.CLINIC_MODE = "production"
    employ("ash@example.org")
    call_command("check", tags=["database"], databases=["default"])


def test_a_check_without_a_database_asks_no_database() -> None:
    employ("ash@example.org")
    call_command("check", tags=["database"])
