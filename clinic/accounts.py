"""How staff sign in: nobody signs up, each try is on record, no secret lies open."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest

from screening import vault
from screening.models import Staff
from screening.services import auditing

SECRET = "second-factor"


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes the door that the library leaves open, and records who comes and goes."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @transaction.atomic
    def login(self, request: HttpRequest, user: Staff) -> None:
        super().login(request, user)
        auditing.record("staff.signed-in", actor=user, subject=user)

    @transaction.atomic
    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, Staff):
            auditing.record("staff.signed-out", actor=request.user)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Name the account that was tried, never what was typed in its place."""
        typed = [credentials.get(name) for name in ("username", "email")]
        names = Q(username__in=typed) | Q(email__in=typed)
        _record_failure("password", Staff.objects.filter(names).first())


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the seeds of codes as secret as the answers."""

    def encrypt(self, text: str) -> str:
        return vault.hide(SECRET, text)

    def decrypt(self, encrypted_text: str) -> str:
        return vault.reveal(SECRET, encrypted_text)


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    def _emit_authentication_failed(self, authenticator: Any) -> None:
        _record_failure("code", self.user)
        super()._emit_authentication_failed(authenticator)


class CodeAgainForm(ReauthenticateForm):  # type: ignore[misc]
    def _emit_authentication_failed(self, authenticator: Any) -> None:
        _record_failure("code", self.user)
        super()._emit_authentication_failed(authenticator)


@transaction.atomic
def _record_failure(what: str, account: Staff | None) -> None:
    auditing.record(
        "staff.sign-in-failed", actor_label="unknown", subject=account, what=what
    )
