"""A colleague is asked in, and chooses a name and a password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from screening.models import Role, Staff, StaffInvitation

ROLES = (
    (Role.FRONT_DESK.value, "Front desk"),
    (Role.REVIEWER.value, "Reviewer"),
    (Role.LEAD.value, "Lead"),
    (Role.ADMINISTRATOR.value, "Administrator"),
)


class ColleagueForm(forms.Form):
    TAKEN = "Someone with this email works here now."
    email = forms.EmailField(
        max_length=200,
        error_messages={
            "required": "Type the email.",
            "invalid": "Type an email, such as name@example.org.",
        },
    )
    role = forms.ChoiceField(
        choices=ROLES,
        error_messages={"required": "Choose a role.", "invalid_choice": "Choose one."},
    )


class JoinForm(forms.Form):
    first_name = forms.CharField(
        max_length=150, error_messages={"required": "Type your first name."}
    )
    last_name = forms.CharField(
        max_length=150, error_messages={"required": "Type your last name."}
    )
    password = forms.CharField(
        max_length=256,
        strip=False,
        error_messages={"required": "Choose a password."},
    )
    again = forms.CharField(
        max_length=256,
        strip=False,
        error_messages={"required": "Type the password again."},
    )

    def __init__(self, data: Any, *, invitation: StaffInvitation) -> None:
        super().__init__(data)
        self.invitation = invitation

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        password, again = cleaned.get("password"), cleaned.pop("again", None)
        if password and again and password != again:
            self.add_error("again", "The two are not the same.")
        elif password:
            self._judge(password, cleaned)
        return cleaned

    def _judge(self, password: str, cleaned: dict[str, Any]) -> None:
        names = {name: cleaned.get(name, "") for name in ("first_name", "last_name")}
        email = self.invitation.email
        person = Staff(username=email, email=email, **names)
        try:
            validate_password(password, person)
        except forms.ValidationError as error:
            self.add_error("password", error)
