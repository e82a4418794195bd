"""Whoever runs the server ends sessions, and helps who has lost a phone."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from django.test import Client

from screening.models import AuditEvent, Protocol, Role
from tests import patients
from tests.test_signing_in import SECRET, sign_in

pytestmark = pytest.mark.django_db


def test_the_operator_ends_what_somebody_has_open(protocol: Protocol) -> None:
    ash = patients.person(Role.LEAD)
    desk, out = Client(), StringIO()
    sign_in(desk)
    call_command("sign_out", "ash", stdout=out)
    assert desk.get("/staff/")["Location"].startswith("/staff/account/login/")
    assert json.loads(out.getvalue())["sessions_ended"] == 1
    event = AuditEvent.objects.get(action="staff.signed-out-elsewhere")
    assert (event.actor_label, event.object_id) == ("operator", str(ash.pk))


def test_a_lost_factor_is_taken_off_on_record(protocol: Protocol) -> None:
    ash = patients.person(Role.LEAD)
    TOTP.activate(ash, SECRET)
    call_command("sign_out", "ash", "--factors", stdout=StringIO())
    assert not Authenticator.objects.filter(user=ash).exists()
    assert AuditEvent.objects.filter(action="staff.factors-removed").exists()


def test_a_name_that_nobody_has_is_an_error(db: None) -> None:
    with pytest.raises(CommandError, match="Nobody"):
        call_command("sign_out", "nobody")
