"""Patients at the root, staff under one folder, errors in the project's own words."""

from __future__ import annotations

from django.urls import include, path

from clinic.accounts import no_other_address
from screening.admin import site

urlpatterns = [
    path("", include("screening.urls")),
    # In a room of its own: it answers each 404 at its root with a redirect.
    path("staff/account/email/", no_other_address),
    path("staff/account/confirm-email/", no_other_address),
    path("staff/account/confirm-email/<path:rest>", no_other_address),
    path("staff/account/", include("allauth.account.urls")),
    path("staff/account/2fa/", include("allauth.mfa.urls")),
    path("staff/account/sessions/", include("allauth.usersessions.urls")),
    path("staff/admin/", site.urls),
]

handler400 = "screening.views.errors.bad_request"
handler403 = "screening.views.errors.forbidden"
handler404 = "screening.views.errors.not_found"
handler500 = "screening.views.errors.server_error"
