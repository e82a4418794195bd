"""Passkeys as a visitor sends them: anything at all, until it is proven."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError

from clinic.accounts import record_failure, renew
from screening.models import Staff

LONGEST = 16_384
# What the libraries raise on a credential that nobody could have made.
STRANGE = (AttributeError, KeyError, TypeError, ValueError, IndexError)


class CredentialField(forms.JSONField):
    """Takes an object of a bounded size; brackets without end are no credential."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > LONGEST:
            raise get_adapter().validation_error("incorrect_code")
        try:
            held = super().to_python(value)
        except RecursionError:
            raise get_adapter().validation_error("incorrect_code") from None
        if held is not None and not isinstance(held, dict):
            raise get_adapter().validation_error("incorrect_code")
        return held

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Never draw a refused credential again: that would parse it once more."""
        return initial


class Presented:
    """Records a credential that did not fit, whoever it was that sent it."""

    user: Staff | None

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError:
            record_failure("passkey", self.user)
            raise
        except STRANGE:
            record_failure("passkey", self.user)
            raise get_adapter().validation_error("incorrect_code") from None


def _field() -> CredentialField:
    return CredentialField(required=True, widget=forms.HiddenInput)


class PasskeyForm(Presented, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    credential = _field()


class PasskeyLoginForm(Presented, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    credential = _field()


class PasskeyAgainForm(Presented, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    credential = _field()

    def clean_credential(self) -> Authenticator:
        authenticator = super().clean_credential()
        renew(context.request, authenticator.user)
        return authenticator


class NewPasskeyForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]
    credential = _field()

    def clean(self) -> dict[str, Any]:
        try:
            held: dict[str, Any] = super().clean()
        except STRANGE:
            raise get_adapter().validation_error("incorrect_code") from None
        return held
