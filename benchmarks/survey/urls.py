"""The peer's own addresses."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("survey/", include("survey.urls"))]
