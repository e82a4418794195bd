"""How staff sign in: nobody signs up, each try is on record, no secret lies open."""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest

from screening import vault
from screening.models import Staff
from screening.services import auditing
from screening.services.team import forgotten

SECRET = "second-factor"
LONGEST_NAME = 254
# Asked for with an address that somebody has here, and with one that nobody has.
RESETS = ("account/email/password_reset_key", "account/email/unknown_account")


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes the door that the library leaves open, and records who comes and goes."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @transaction.atomic
    def login(self, request: HttpRequest, user: Staff) -> None:
        super().login(request, user)
        how = "+".join(_factor(each) for each in _records(request, user))
        auditing.record("staff.signed-in", actor=user, subject=user, how=how)

    @transaction.atomic
    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, Staff):
            auditing.record("staff.signed-out", actor=request.user)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Name the account that was tried, never what was typed in its place."""
        typed = [credentials.get(name) for name in ("username", "email")]
        names = Q(username__in=typed) | Q(email__in=typed)
        record_failure("password", Staff.objects.filter(names).first())

    def reauthenticate(self, user: Staff, password: str) -> bool:
        fits: bool = super().reauthenticate(user, password)
        if fits:
            renew(self.request, user)
        return fits

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        """Send none of the library's letters: the one that is needed is ours."""
        if template_prefix in RESETS:
            forgotten.ask(context.get("user"))

    @transaction.atomic
    def send_notification_mail(
        self, template_prefix: str, user: Staff, *rest: Any, **more: Any
    ) -> None:
        """Put on record each change to how somebody signs in."""
        change = template_prefix.rpartition("/")[2].replace("_", "-")
        auditing.record(f"staff.{change}", actor=user, subject=user)
        super().send_notification_mail(template_prefix, user, *rest, **more)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the seeds of codes as secret as the answers."""

    def encrypt(self, text: str) -> str:
        return vault.hide(SECRET, text)

    def decrypt(self, encrypted_text: str) -> str:
        return vault.reveal(SECRET, encrypted_text)


class PlacesAdapter(DefaultUserSessionsAdapter):  # type: ignore[misc]
    @transaction.atomic
    def end_sessions(self, sessions: list[UserSession]) -> None:
        super().end_sessions(sessions)
        for user in {session.user for session in sessions}:
            auditing.record("staff.signed-out-elsewhere", actor=user, subject=user)


class SignInForm(LoginForm):  # type: ignore[misc]
    def clean_login(self) -> str:
        """Nobody's name is longer, and SQLite compares none of 50,000 characters."""
        return str(super().clean_login())[:LONGEST_NAME]


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    def _emit_authentication_failed(self, authenticator: Any) -> None:
        record_failure("code", self.user)
        super()._emit_authentication_failed(authenticator)


class CodeAgainForm(ReauthenticateForm):  # type: ignore[misc]
    def _emit_authentication_failed(self, authenticator: Any) -> None:
        record_failure("code", self.user)
        super()._emit_authentication_failed(authenticator)

    def clean_code(self) -> str:
        code: str = super().clean_code()
        renew(context.request, self.user)
        return code


def no_other_address(request: HttpRequest, **rest: Any) -> NoReturn:
    """Links to a new password go to the address that the lead asked in, and stay so."""
    raise Http404


@transaction.atomic
def record_failure(what: str, account: Staff | None) -> None:
    auditing.record(
        "staff.sign-in-failed", actor_label="unknown", subject=account, what=what
    )


@transaction.atomic
def renew(request: HttpRequest, user: Staff) -> None:
    """Give a session that was proven again a new name: an overheard one ends here."""
    before = request.session.session_key
    request.session.cycle_key()
    places = UserSession.objects.filter(session_key=before)
    places.update(session_key=request.session.session_key)
    auditing.record("staff.signed-in-again", actor=user, subject=user)


def _records(request: HttpRequest, user: Staff) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = get_authentication_records(request, user)
    return records


def _factor(record: dict[str, Any]) -> str:
    return str(record.get("type") or record["method"])
