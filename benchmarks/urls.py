"""The product's addresses, and bare views behind the same middleware."""

from __future__ import annotations

from django.urls import include, path

from benchmarks import bare

urlpatterns = [
    path("bare/", bare.constant, name="bare"),
    path("bare/case/<uuid:key>/", bare.case),
    path("bare/submission/", bare.submission),
    path("", include("clinic.urls")),
]
