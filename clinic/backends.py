"""Passwords are looked at once a try, whether or not there is such an account."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from screening.models import Staff


class OneLookBackend(AuthenticationBackend):  # type: ignore[misc]
    """The library tries an account by its name, then by its address: twice the time
    of a name that nobody has, by which a stranger could tell who works here.
    """

    def authenticate(self, request: Any, **credentials: Any) -> Staff | None:
        self._looked_at: set[int] = set()
        found: Staff | None = super().authenticate(request, **credentials)
        return found

    def _check_password(self, user: Staff | None, password: str) -> Staff | None:
        if user is None or user.pk in self._looked_at:
            return None
        self._looked_at.add(user.pk)
        fits: Staff | None = super()._check_password(user, password)
        return fits
