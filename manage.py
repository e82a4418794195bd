#!/usr/bin/env python
"""Run one of the project's commands."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Where nothing at all is set, the commands belong to the demo of `make run`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
    if not any(name.startswith(("CLINIC_", "DATABASE_URL")) for name in os.environ):
        os.environ["CLINIC_MODE"] = "demo"

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
