"""Bring the demo's database to where `make run` can open it; once done, it is quick."""

from __future__ import annotations

import io
import os

import django
from django.core.management import call_command

PROTOCOL = "screening/protocols/ketamine"


def main() -> None:
    """One process for all the steps: starting Python costs more than they do."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "clinic.settings"
    os.environ["CLINIC_MODE"] = "demo"
    print("Preparing the demo clinic ...", flush=True)
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("protect", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("publish_protocol", PROTOCOL, stdout=io.StringIO())
    call_command("seed_demo", stdout=io.StringIO())


if __name__ == "__main__":
    main()
