"""Name the application and load the checks that look into the database."""

from __future__ import annotations

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """One application: its models, pages and commands speak of one domain."""

    name = "screening"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from screening import checks  # noqa: F401  (importing registers them)
