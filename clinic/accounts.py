"""Staff accounts are made by an administrator: nobody signs up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Close the door that the library leaves open by default."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
